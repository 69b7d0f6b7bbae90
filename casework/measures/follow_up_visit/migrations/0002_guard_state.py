from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("follow_up_visit", "0001_initial")]
    operations = [GuardState("follow_up_visit_followupvisit", "planned")]
