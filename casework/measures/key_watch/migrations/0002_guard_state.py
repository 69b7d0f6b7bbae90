from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("key_watch", "0001_initial")]
    operations = [GuardState("key_watch_keywatch", "proposed")]
