from django.db import migrations

from workflow.operations import GuardState


class Migration(migrations.Migration):
    dependencies = [("published_case", "0001_initial")]
    operations = [GuardState("published_case_publishedcase", "drafted")]
