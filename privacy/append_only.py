"""The tables that only grow: what the database refuses by trigger, and what the running role is granted on them."""

APPEND_ONLY_TABLES = (
    "privacy_readaudit",
    "privacy_auditlink",
    "privacy_auditcheckpoint",
    "privacy_tombstone",
    "privacy_ruling",
)
"""INSERT and SELECT for the processes that run the product; nothing else, and nothing for anybody else."""
GROWING_HEADS = ("privacy_auditchain", "privacy_auditsink")
"""Where each chain ends and what a sink has got: also UPDATE, never DELETE. Every check reads the tables above instead."""


def refuse_change(table: str) -> str:
    """The triggers of one such table; `privacy_refuse_change` stands since the second migration."""
    return f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION privacy_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION privacy_refuse_change();
"""


def grants(role: str) -> str:
    """What the register needs for a role that writes and reads it, as SQL; `role` is a name of ours."""
    if not role.replace("_", "").isalnum():
        raise ValueError("not a role's name")
    lines = [f"REVOKE ALL ON {table} FROM {role};" for table in (*APPEND_ONLY_TABLES, *GROWING_HEADS)]
    lines += [f"GRANT INSERT, SELECT ON {table} TO {role};" for table in APPEND_ONLY_TABLES]
    lines += [f"GRANT INSERT, SELECT, UPDATE ON {table} TO {role};" for table in GROWING_HEADS]
    return "\n".join(lines)
