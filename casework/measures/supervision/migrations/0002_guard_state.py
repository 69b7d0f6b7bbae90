from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]
    operations = [GuardState("supervision_supervision", "drafted")]
