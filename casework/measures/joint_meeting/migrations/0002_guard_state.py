from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("joint_meeting", "0001_initial")]
    operations = [GuardState("joint_meeting_jointmeeting", "planned")]
