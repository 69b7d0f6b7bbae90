
from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("mandatory_report", "0001_initial")]
    operations = [GuardState("mandatory_report_mandatoryreport", "found")]
