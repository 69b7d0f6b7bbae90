from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("no_contact_order", "0001_initial")]
    operations = [GuardState("no_contact_order_nocontactorder", "drafted")]
