"""Migration operations: what the database itself refuses, whoever asks."""

from typing import Any

from django.db.migrations.operations import RunSQL

# A state changes only if this transaction has announced exactly this change of exactly this row, and a row
# begins in the first state. The engine announces with set_config(..., true), which ends with the transaction.
GUARD = """
CREATE OR REPLACE FUNCTION workflow_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    announced text := coalesce(current_setting('huhang.move', true), '');
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state = TG_ARGV[0] OR announced = NEW.id || '::' || NEW.state THEN
            RETURN NEW;
        END IF;
    ELSIF NEW.state = OLD.state OR announced = NEW.id || ':' || OLD.state || ':' || NEW.state THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the state of % changes only through a move', TG_TABLE_NAME
        USING ERRCODE = 'check_violation';
END $$;
"""
# One change is let through: a rotation of keys that has announced this table seals its cells anew. Then nothing but
# sealed columns (bytea) may differ, and a seal opens only in its own cell, so a row cannot be made to say another thing.
APPEND_ONLY = """
CREATE OR REPLACE FUNCTION workflow_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sealed text[];
BEGIN
    IF TG_OP = 'UPDATE' AND coalesce(current_setting('huhang.reseal', true), '') = TG_TABLE_NAME THEN
        SELECT array_agg(attname::text) INTO sealed FROM pg_attribute
            WHERE attrelid = TG_RELID AND atttypid = 'bytea'::regtype AND attnum > 0;
        IF to_jsonb(NEW) - sealed = to_jsonb(OLD) - sealed THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class GuardState(RunSQL):
    """`GuardState("warning_letter_warningletter", "requested")`: guard the state column of a life's table."""

    def __init__(self, table: str, start: str) -> None:
        self.table, self.start = table, start
        name = f"{table}_guard_state"[:63]
        trigger = (
            f'CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION workflow_guard_state('{start}');"
        )
        super().__init__(GUARD + trigger, f'DROP TRIGGER "{name}" ON "{table}";')

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.start], {}

    def describe(self) -> str:
        return f"Guard the state column of {self.table}"


class AppendOnly(RunSQL):
    """Refuse UPDATE, DELETE and TRUNCATE on a table."""

    def __init__(self, table: str) -> None:
        self.table = table
        rows = (
            f'CREATE TRIGGER "{table}_append_only" BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION workflow_append_only();"
        )
        whole = (
            f'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION workflow_append_only();"
        )
        names = (f"{table}_append_only", f"{table}_no_truncate")
        undo = "".join(f'DROP TRIGGER "{name}" ON "{table}";' for name in names)
        super().__init__(APPEND_ONLY + rows + whole, undo)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {}

    def describe(self) -> str:
        return f"Make {self.table} append-only"
