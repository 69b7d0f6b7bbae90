from django.db import migrations

# A clock may be ended by many rows at once or by hand; only the database sees them all.
WATCHED = ", ".join(
    f"{{row}}.{name}"
    for name in (
        "state", "ended_from", "ended_to", "closed_at", "legal_expiry", "policy_due", "home_agency_id", "rule_id",
    )
)  # fmt: skip
FORWARD = f"""
CREATE FUNCTION indicators_deadline_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO indicators_changeddeadline (deadline_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER indicators_deadline_new AFTER INSERT ON workflow_deadline FOR EACH ROW
    WHEN (NEW.state <> 'open') EXECUTE FUNCTION indicators_deadline_changed();
CREATE TRIGGER indicators_deadline_changed AFTER UPDATE ON workflow_deadline FOR EACH ROW
    WHEN ((NEW.state <> 'open' OR OLD.state <> 'open')
        AND ({WATCHED.format(row="OLD")}) IS DISTINCT FROM ({WATCHED.format(row="NEW")}))
    EXECUTE FUNCTION indicators_deadline_changed();
INSERT INTO indicators_changeddeadline (deadline_id) SELECT id FROM workflow_deadline WHERE state <> 'open';
"""
BACKWARD = """
DROP TRIGGER indicators_deadline_changed ON workflow_deadline;
DROP TRIGGER indicators_deadline_new ON workflow_deadline;
DROP FUNCTION indicators_deadline_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial"), ("workflow", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
