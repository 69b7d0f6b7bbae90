from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("recovery_plan", "0001_initial")]
    operations = [GuardState("recovery_plan_recoveryplan", "drafted")]
