from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("screening_round", "0001_initial")]
    operations = [GuardState("screening_round_screeninground", "planned")]
