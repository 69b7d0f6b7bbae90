from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("perpetrator_intervention", "0001_initial")]
    operations = [GuardState("perpetrator_intervention_perpetratorintervention", "proposed")]
