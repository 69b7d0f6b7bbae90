from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0016_guard_shredding")]

    operations = [
        migrations.AddField("documentfile", "asks_proof", models.BooleanField(default=True)),
    ]
