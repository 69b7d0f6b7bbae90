from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("hotline", "0001_initial")]
    operations = [GuardState("hotline_call", "open")]
