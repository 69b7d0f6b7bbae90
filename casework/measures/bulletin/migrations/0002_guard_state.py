from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("bulletin", "0001_initial")]
    operations = [GuardState("bulletin_bulletin", "drafted")]
