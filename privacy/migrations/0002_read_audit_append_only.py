from django.db import migrations

FORWARD = """
CREATE FUNCTION privacy_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER privacy_readaudit_append_only BEFORE UPDATE OR DELETE ON privacy_readaudit
    FOR EACH ROW EXECUTE FUNCTION privacy_refuse_change();
CREATE TRIGGER privacy_readaudit_no_truncate BEFORE TRUNCATE ON privacy_readaudit
    FOR EACH STATEMENT EXECUTE FUNCTION privacy_refuse_change();
"""
BACKWARD = """
DROP TRIGGER privacy_readaudit_append_only ON privacy_readaudit;
DROP TRIGGER privacy_readaudit_no_truncate ON privacy_readaudit;
DROP FUNCTION privacy_refuse_change();
"""


class Migration(migrations.Migration):
    """The read audit can be written and read, never changed, deleted or emptied."""

    dependencies = [("privacy", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
