from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]
    operations = [GuardState("casework_case", "intake")]
