"""Clocks and tasks act as this user. It has no password that could be right and no posting: it never signs in."""

from uuid import UUID

from django.db import migrations
from django.utils import timezone

SYSTEM_USER_ID = UUID("00000000-0000-4000-8000-000000000001")


def make_system_user(apps, schema_editor):
    apps.get_model("agencies", "User").objects.get_or_create(
        id=SYSTEM_USER_ID,
        defaults={
            "username": "system",
            "display_name": "SYSTEM",
            "password": "!the system never signs in",
            "is_active": False,
            "password_changed_at": timezone.now(),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]
    operations = [migrations.RunPython(make_system_user, migrations.RunPython.noop)]
