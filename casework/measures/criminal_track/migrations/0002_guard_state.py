from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("criminal_track", "0001_initial")]
    operations = [GuardState("criminal_track_criminaltrack", "reported")]
