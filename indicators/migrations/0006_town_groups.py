from django.db import migrations, models

FORWARD = """
CREATE TRIGGER indicators_towngrouping_append_only BEFORE UPDATE OR DELETE ON indicators_towngrouping
    FOR EACH ROW EXECUTE FUNCTION indicators_refuse_change();
"""
BACKWARD = "DROP TRIGGER indicators_towngrouping_append_only ON indicators_towngrouping;"


class Migration(migrations.Migration):
    dependencies = [("indicators", "0005_releases_stay")]

    operations = [
        migrations.CreateModel(
            name="TownGrouping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.CharField(max_length=12)),
                ("version", models.PositiveIntegerField()),
                ("groups", models.JSONField()),
                ("entered_by", models.UUIDField()),
                ("entered_at", models.DateTimeField()),
            ],
            options={"ordering": ["area", "version"]},
        ),
        migrations.AddConstraint(
            model_name="towngrouping",
            constraint=models.UniqueConstraint(fields=("area", "version"), name="town_grouping_once"),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
