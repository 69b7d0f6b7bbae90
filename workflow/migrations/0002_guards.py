from django.db import migrations

from workflow.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]

    operations = [AppendOnly("workflow_steprecord")]
