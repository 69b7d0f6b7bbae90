from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("case_conference", "0001_initial")]
    operations = [GuardState("case_conference_caseconference", "proposed")]
