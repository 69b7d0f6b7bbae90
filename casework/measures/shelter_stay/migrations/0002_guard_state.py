from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("shelter_stay", "0001_initial")]
    operations = [GuardState("shelter_stay_shelterstay", "drafted")]
