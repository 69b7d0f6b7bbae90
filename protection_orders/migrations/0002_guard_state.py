from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("protection_orders", "0001_initial")]
    operations = [GuardState("protection_orders_protectionorder", "informed")]
