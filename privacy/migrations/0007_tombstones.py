import uuid

import django.contrib.postgres.fields
from django.db import migrations, models

from privacy.append_only import refuse_change

# Empties sealed cells of the rows that a tombstone names, also old versions and steps, which nobody may change otherwise.
FORGET = """
CREATE FUNCTION privacy_forget(stone uuid, tab text, id_column text, cells text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE named uuid[]; sealed text[]; emptied text; found bigint;
BEGIN
    SELECT rows INTO named FROM privacy_tombstone WHERE id = stone;
    IF named IS NULL THEN
        RAISE EXCEPTION 'no such tombstone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT array_agg(attname::text) INTO sealed FROM pg_attribute
        WHERE attrelid = quote_ident(tab)::regclass AND atttypid = 'bytea'::regtype AND attnum > 0;
    IF NOT cells <@ sealed OR id_column NOT IN ('id', 'obj_id') THEN
        RAISE EXCEPTION 'only sealed cells are emptied' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT string_agg(format('%I = NULL', one), ', ') INTO emptied FROM unnest(cells) AS one;
    PERFORM set_config('huhang.reseal', tab, true);
    EXECUTE format('UPDATE %I SET %s WHERE %I = ANY ($1)', tab, emptied, id_column) USING named;
    GET DIAGNOSTICS found = ROW_COUNT;
    PERFORM set_config('huhang.reseal', '', true);
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION privacy_forget(uuid, text, text, text[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """What was shredded is kept for ever; with it alone, cells of old versions can be emptied."""

    dependencies = [("privacy", "0006_emergency")]
    operations = [
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("n", models.PositiveIntegerField(unique=True)),
                ("subject", models.UUIDField()),
                ("owners", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("rows", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("at", models.DateTimeField()),
                ("kid", models.PositiveIntegerField()),
                ("mac", models.BinaryField(max_length=32)),
            ],
            options={
                "ordering": ["n"],
                "indexes": [models.Index(fields=["subject"], name="tombstone_subject")],
            },
        ),
        migrations.RunSQL(
            refuse_change("privacy_tombstone"),
            "DROP TRIGGER privacy_tombstone_append_only ON privacy_tombstone;"
            "DROP TRIGGER privacy_tombstone_no_truncate ON privacy_tombstone;",
        ),
        migrations.RunSQL(FORGET, "DROP FUNCTION privacy_forget(uuid, text, text, text[]);"),
    ]
