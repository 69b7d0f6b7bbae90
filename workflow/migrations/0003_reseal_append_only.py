from django.db import migrations

from workflow.operations import APPEND_ONLY


class Migration(migrations.Migration):
    """Append-only tables let a rotation of keys seal their cells anew, and nothing else."""

    dependencies = [("workflow", "0002_guards")]
    operations = [migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop)]
