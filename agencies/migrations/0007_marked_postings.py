"""Postings that stand already get their mark."""

from typing import Any

from django.db import migrations

from agencies.marks import mark_of


def mark_all(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("agencies", "Posting")
    for posting in model.objects.all():
        model.objects.filter(pk=posting.pk).update(mark=mark_of(posting))


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_second_factors"), ("privacy", "0006_emergency")]
    operations = [migrations.RunPython(mark_all, migrations.RunPython.noop)]
