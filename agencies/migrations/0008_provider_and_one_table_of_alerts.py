import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

RULES = [
    ("mass_browse", "Very many cases in a short time"),
    ("guessing", "Very many refusals in a short time"),
    ("out_of_hours", "Protected data opened outside working hours"),
    ("bait", "A file opened that nobody has a reason to open"),
    ("guessed_name", "One name is guessed at from many places"),
    ("guessed_code", "Wrong second steps after a right password"),
    ("changed_posting", "A posting was changed behind the product"),
    ("copied_key", "A passkey seems to have been copied"),
    ("changed_link", "A link to the provider was changed behind the product"),
    ("forged_token", "An answer of the identity provider was not genuine"),
]
NO_AGENCY = uuid.UUID(int=0)


def move_alarms(apps, schema_editor):
    """What stood on the administrator's page stands among the alerts from now on."""
    alert, posting = apps.get_model("agencies", "WatchAlert"), apps.get_model("agencies", "Posting")
    for old in apps.get_model("agencies", "Alarm").objects.iterator():
        latest = posting.objects.filter(user=old.user_id).order_by("-starts").first() if old.user_id else None
        alert.objects.get_or_create(
            key=f"{old.kind}:{old.user_id or ''}:{int(old.at.timestamp()) // 3600}",
            defaults={
                "rule": old.kind,
                "at": old.at,
                "agency": latest.agency_id if latest else NO_AGENCY,
                "user": old.user_id,
                "role": latest.role if latest else "",
            },
        )


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_marked_postings")]

    operations = [
        migrations.AlterField("watchalert", "rule", models.CharField(choices=RULES, max_length=16)),
        migrations.AlterField("watchalert", "user", models.UUIDField(null=True)),
        migrations.AlterField("watchalert", "role", models.CharField(blank=True, max_length=16)),
        migrations.RunPython(move_alarms, migrations.RunPython.noop),
        migrations.DeleteModel("Alarm"),
        migrations.CreateModel(
            "ProviderTry",
            [
                ("id", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("wanted", models.CharField(max_length=400)),
            ],
            {"indexes": [models.Index(fields=["at"], name="provider_tries")]},
        ),
        migrations.CreateModel(
            "ProviderLink",
            [
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("subject", models.BinaryField(max_length=36, unique=True)),
                ("mark", models.BinaryField(max_length=36)),
                ("linked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "linked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="provider_link",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
