from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]
    operations = [GuardState("referrals_referral", "drafted")]
