
from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("guardianship", "0001_initial")]
    operations = [GuardState("guardianship_guardianship", "prepared")]
