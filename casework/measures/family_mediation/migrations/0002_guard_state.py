
from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("family_mediation", "0001_initial")]
    operations = [GuardState("family_mediation_familymediation", "planned")]
