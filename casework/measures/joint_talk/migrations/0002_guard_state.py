from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("joint_talk", "0001_initial")]
    operations = [GuardState("joint_talk_jointtalk", "drafted")]
