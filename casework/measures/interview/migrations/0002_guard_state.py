from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("interview", "0001_initial")]
    operations = [GuardState("interview_interview", "planned")]
