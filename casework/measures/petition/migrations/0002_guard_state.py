
from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("petition", "0001_initial")]
    operations = [GuardState("petition_petition", "received")]
