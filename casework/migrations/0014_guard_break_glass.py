from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("casework", "0013_break_glass")]
    operations = [GuardState("casework_breakglass", "open")]
