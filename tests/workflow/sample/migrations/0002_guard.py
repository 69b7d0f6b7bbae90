from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("workflow_sample", "0001_initial")]

    operations = [GuardState("workflow_sample_errand", "asked")]
