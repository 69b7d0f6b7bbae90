from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_shredding")]
    operations = [GuardState("casework_shredding", "asked")]
