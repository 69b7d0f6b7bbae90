from django.db import migrations

FORWARD = """
CREATE FUNCTION indicators_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""
BACKWARD = "DROP FUNCTION indicators_refuse_change();"
TABLES = ("indicators_release", "indicators_releasebasis")
FORWARD += "".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION indicators_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION indicators_refuse_change();
"""
    for table in TABLES
)
BACKWARD = "".join(
    f"DROP TRIGGER {table}_append_only ON {table}; DROP TRIGGER {table}_no_truncate ON {table};" for table in TABLES
) + BACKWARD


class Migration(migrations.Migration):
    """What was published can be read, never changed, deleted or emptied."""

    dependencies = [("indicators", "0004_releases")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
