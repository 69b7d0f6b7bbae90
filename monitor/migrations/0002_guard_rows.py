from django.db import migrations

from workflow.operations import AppendOnly, GuardState


class Migration(migrations.Migration):
    """States change only through moves; values, decisions and publications are never changed."""

    dependencies = [("monitor", "0001_initial"), ("workflow", "__first__")]
    operations = [
        GuardState("monitor_round", "planned"),
        GuardState("monitor_submission", "open"),
        GuardState("monitor_earlywarning", "raised"),
        AppendOnly("monitor_value"),
        AppendOnly("monitor_decision"),
        AppendOnly("monitor_publication"),
    ]
