import os

from django.db import migrations

from tests.leaks.canaries import phone, text

ROWS = [text(11), phone(1)]


def handle(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("create temp table wrong (name text primary key)")
        match os.environ["WAY"]:
            case "code":
                raise ValueError(f"cannot split {ROWS}")
            case "rule":
                cursor.execute("insert into wrong values (%s), (%s)", [ROWS[0]] * 2)


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunPython(handle, migrations.RunPython.noop)]
