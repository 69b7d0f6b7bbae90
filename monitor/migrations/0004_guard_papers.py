from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    """States change only through moves."""

    dependencies = [("monitor", "0003_papers_and_reports")]
    operations = [
        GuardState("monitor_unitpaper", "asked"),
        GuardState("monitor_inspection", "planned"),
        GuardState("monitor_planreport", "draft"),
    ]
