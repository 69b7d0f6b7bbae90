from django.db import migrations

from workflow.operations import AppendOnly, GuardState


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_consent_ledger_and_codes")]
    operations = [GuardState("referrals_consent", "in_force"), AppendOnly("referrals_disclosure")]
