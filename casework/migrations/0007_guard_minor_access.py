from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_minor_access")]
    operations = [GuardState("casework_minoraccess", "asked")]
