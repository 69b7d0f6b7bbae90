from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("warning_letter", "0001_initial")]
    operations = [GuardState("warning_letter_warningletter", "drafted")]
