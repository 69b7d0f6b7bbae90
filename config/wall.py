"""Row-level security, made from the list of models: roles, grants, and one coarse rule for every table of a case.

The rule: a row is there for a body that its case or call has ever been given to (`huhang_reach`, kept by triggers on every
column that names a body), or that it names itself. What is finer (state, consent, time, role, recusal) is the first wall's.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from agencies.models import Agency
from agencies.need_to_know import routes
from workflow.registry import lives

OWNER, DESK, LIAISON, STATISTICS, AUDITOR = ROLES = (
    "huhang_owner", "huhang_desk", "huhang_liaison", "huhang_statistics", "huhang_auditor",
)  # fmt: skip
# Each in a sub-select: asked once per statement, not once per row.
BASIS = "(SELECT current_setting('huhang.basis', true) = 'system')"
BODY = "(SELECT nullif(current_setting('huhang.agency', true), '')::uuid)"
EMERGENCY = "(SELECT nullif(current_setting('huhang.emergency', true), '')::uuid)"
REGISTER = ("privacy_readaudit", "privacy_auditlink", "privacy_auditcheckpoint")
APPEND_ONLY = (
    *REGISTER,
    "privacy_tombstone",
    "privacy_ruling",
    "workflow_steprecord",
    "referrals_disclosure",
)
# A liaison's process has no business in these, whatever its code asks for.
NOT_FOR_LIAISON = ("casework_reporter", "casework_safecontact", "casework_note")
# Questions across all federations that a liaison's page may ask: is he known elsewhere.
LOOKED_UP = ("casework_case", "casework_person")
DATA_KEYS = "privacy_datakey"
WITHOUT_CASES = ("agencies", "sessions", "axes", "auth", "contenttypes")


def tables() -> list[type[models.Model]]:
    """Every table of the product, with the tables between two of them."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def of_files() -> list[type[models.Model]]:
    """Every table whose rows belong to a case or a call, old versions included; but for what says who may see one."""
    return [model for model in tables() if ways(model) and model._meta.app_label != "agencies"]


def ways(model: type[models.Model]) -> tuple[str, ...]:
    """As `routes`; an old version stands where its row stood."""
    live = getattr(model, "instance_type", None)
    if live is None:
        return routes(model)
    return tuple("id" if way == "pk" else way for way in routes(live))


def generic(model: type[models.Model]) -> bool:
    """Steps, clocks and messages serve lives of no case too."""
    return {"subject_id", "flow"} <= {field.name for field in model._meta.concrete_fields}


def bodies(model: type[models.Model]) -> list[str]:
    """Columns that name one body or several."""
    named = [
        f.column for f in model._meta.concrete_fields if f.related_model is Agency or f.name == "agency_id"
    ]
    lists = [
        f.column
        for f in model._meta.concrete_fields
        if isinstance(f, ArrayField)
        and isinstance(f.base_field, models.UUIDField)
        and f.name in ("invited", "recipients")
    ]
    return [column for column in named if column] + lists


def rule(model: type[models.Model], table: str = "") -> str:
    """The condition under which a row is there for the body that asks."""
    table = table or model._meta.db_table
    own = [
        f.column for f in model._meta.concrete_fields if f.related_model is Agency or f.name == "agency_id"
    ]
    parts = [f'"{column}" = {BODY}' for column in own]
    for way in ways(model):
        parts.append(_way(model, way, table))
    if generic(model):
        flows = ", ".join(f"'{key}'" for key, life in sorted(lives().items()) if not routes(life))
        parts.append(f"flow IN ({flows})" if flows else "false")
    return " OR ".join(parts)


def _way(model: type[models.Model], way: str, table: str) -> str:
    if "__" in way:
        name, _rest = way.split("__", 1)
        field: Any = model._meta.get_field(name)
        other = field.related_model._meta
        return f'EXISTS (SELECT 1 FROM "{other.db_table}" up WHERE up."{other.pk.column}" = "{table}"."{field.column}")'
    column = model._meta.pk.column if way == "pk" else _column(model, way)
    cell = f'"{table}"."{column}"'
    return f"EXISTS (SELECT 1 FROM huhang_reach r WHERE r.subject_id = {cell} AND r.agency_id = {BODY}) OR {cell} = {EMERGENCY}"


def _column(model: type[models.Model], attname: str) -> str:
    return next(
        field.column or "" for field in model._meta.concrete_fields if attname in (field.attname, field.name)
    )


REACH = """
CREATE TABLE IF NOT EXISTS huhang_reach (subject_id uuid, agency_id uuid, PRIMARY KEY (subject_id, agency_id));
CREATE OR REPLACE FUNCTION huhang_note_reach() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE r jsonb := to_jsonb(NEW); subject uuid; cell jsonb; one text;
BEGIN
  FOREACH one IN ARRAY string_to_array(TG_ARGV[0], ',') LOOP
    subject := (r ->> one)::uuid;
    CONTINUE WHEN subject IS NULL;
    FOR i IN 1 .. TG_NARGS - 1 LOOP
      cell := r -> TG_ARGV[i];
      CONTINUE WHEN cell IS NULL OR jsonb_typeof(cell) = 'null';
      IF jsonb_typeof(cell) <> 'array' THEN cell := jsonb_build_array(cell); END IF;
      INSERT INTO huhang_reach SELECT DISTINCT subject, b FROM (
        SELECT id AS b FROM agencies_agency WHERE id IN (SELECT jsonb_array_elements_text(cell)::uuid)
        UNION SELECT parent_id FROM agencies_agency
          WHERE kind = 'federation' AND parent_id IS NOT NULL AND id IN (SELECT jsonb_array_elements_text(cell)::uuid)
      ) told ON CONFLICT DO NOTHING;
    END LOOP;
  END LOOP;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION huhang_note_reach() FROM PUBLIC;
"""


def reach() -> Iterator[str]:
    """A body reaches a case from when any row of the case names it; what stands already is taken in."""
    yield REACH
    for model in of_files():
        direct = [way for way in ways(model) if "__" not in way]
        if hasattr(model, "instance_type") or not direct or not bodies(model):
            continue
        table = model._meta.db_table
        subjects = [model._meta.pk.column if way == "pk" else _column(model, way) for way in direct]
        columns = ", ".join(f"'{column}'" for column in bodies(model))
        yield f'DROP TRIGGER IF EXISTS huhang_reach ON "{table}"'
        yield (
            f'CREATE TRIGGER huhang_reach AFTER INSERT OR UPDATE ON "{table}" FOR EACH ROW '
            f"EXECUTE FUNCTION huhang_note_reach('{','.join(subjects)}', {columns})"
        )
        yield from _backfill(model, subjects, table)


def _backfill(model: type[models.Model], subjects: list[str], table: str) -> Iterator[str]:
    arrays = {f.column for f in model._meta.concrete_fields if isinstance(f, ArrayField)}
    for subject in subjects:
        for column in bodies(model):
            cell = f'unnest(t."{column}")' if column in arrays else f't."{column}"'
            yield (
                f'INSERT INTO huhang_reach SELECT DISTINCT s, coalesce(b, a) FROM (SELECT t."{subject}" AS s, {cell} AS a '
                f'FROM "{table}" t) named CROSS JOIN LATERAL (SELECT named.a AS b UNION SELECT parent_id FROM agencies_agency g '
                f"WHERE g.id = named.a AND g.kind = 'federation' AND parent_id IS NOT NULL) up "
                "WHERE s IS NOT NULL AND a IS NOT NULL ON CONFLICT DO NOTHING"
            )


def policies() -> Iterator[str]:
    yield "ALTER TABLE huhang_reach ENABLE ROW LEVEL SECURITY"
    yield from _policy("huhang_reach", "huhang_body", (DESK, LIAISON), f"agency_id = {BODY}", "FOR SELECT")
    known = {model._meta.db_table for model in of_files()}
    for table in sorted({model._meta.db_table for model in tables()} - known - {DATA_KEYS}):
        yield f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY'
    yield from _data_keys()
    for model in of_files():
        table = model._meta.db_table
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
        yield from _policy(table, "huhang_system", (OWNER, DESK), BASIS)
        yield from _policy(table, "huhang_body", (DESK, LIAISON), rule(model))
        if table in LOOKED_UP:
            yield from _policy(table, "huhang_lookup", (LIAISON,), BASIS, "FOR SELECT")
        if generic(model):
            yield from _policy(table, "huhang_no_case", (STATISTICS,), _of_no_case())


def _data_keys() -> Iterator[str]:
    """Whose keys a role may fetch, even wrapped: as `config.processes.COMPARTMENTS`."""
    yield f"ALTER TABLE {DATA_KEYS} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {DATA_KEYS} FORCE ROW LEVEL SECURITY"
    yield from _policy(DATA_KEYS, "huhang_all", (OWNER, DESK), "true")
    yield from _policy(DATA_KEYS, "huhang_liaison", (LIAISON,), "compartment <> 'reporter'")
    yield from _policy(DATA_KEYS, "huhang_staff", (STATISTICS, AUDITOR), "compartment = 'staff'")


def _of_no_case() -> str:
    flows = ", ".join(f"'{key}'" for key, life in sorted(lives().items()) if not routes(life))
    return f"flow IN ({flows})" if flows else "false"


def _policy(
    table: str, name: str, roles: tuple[str, ...], condition: str, what: str = "FOR ALL"
) -> Iterator[str]:
    yield f'DROP POLICY IF EXISTS {name} ON "{table}"'
    check = f" WITH CHECK ({condition})" if what == "FOR ALL" else ""
    yield f'CREATE POLICY {name} ON "{table}" {what} TO {", ".join(roles)} USING ({condition}){check}'


def grants() -> Iterator[str]:
    """Desk: everything, of append-only tables only new rows. The others: what their process serves."""
    every = ", ".join(ROLES)
    yield f"GRANT USAGE ON SCHEMA public TO {every}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {every}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {DESK}, {LIAISON}, {STATISTICS}"
    yield f"GRANT SELECT ON huhang_reach TO {DESK}, {LIAISON}"
    yield f"GRANT SELECT ON django_migrations TO {DESK}, {LIAISON}, {STATISTICS}, {AUDITOR}"
    yield f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {OWNER}"
    for model in tables():
        table, label = model._meta.db_table, model._meta.app_label
        yield _grant(model, DESK)
        if not _closed_to_liaison(model):
            yield _grant(model, LIAISON)
        if label in ("monitor", *WITHOUT_CASES) or (generic(model) and not hasattr(model, "instance_type")):
            yield _grant(model, STATISTICS)
        if table in (
            "indicators_release",
            "indicators_releasebasis",
            "indicators_towngrouping",
            "workflow_clockrule",
        ):
            yield f'GRANT SELECT ON "{table}" TO {STATISTICS}'
        if label in WITHOUT_CASES:
            yield _grant(model, AUDITOR)
    # Old versions stay as they are, but for the cells that a tombstone names.
    yield f"GRANT EXECUTE ON FUNCTION privacy_forget(uuid, text, text, text[]) TO {OWNER}, {DESK}"
    for table in REGISTER:  # whoever reads or is refused is written down, in every process
        yield f'GRANT SELECT, INSERT ON "{table}" TO {STATISTICS}, {AUDITOR}'
    yield f"GRANT SELECT, INSERT, UPDATE ON privacy_auditchain TO {STATISTICS}, {AUDITOR}"
    yield f"GRANT SELECT ON privacy_keyversion TO {STATISTICS}, {AUDITOR}"
    yield f"GRANT SELECT, INSERT ON privacy_datakey TO {STATISTICS}, {AUDITOR}"


def _closed_to_liaison(model: type[models.Model]) -> bool:
    live = getattr(model, "instance_type", model)
    return live._meta.db_table in NOT_FOR_LIAISON or model._meta.app_label == "hotline"


def _grant(model: type[models.Model], role: str) -> str:
    table = model._meta.db_table
    only_new = table in APPEND_ONLY or hasattr(model, "instance_type")
    return f'GRANT SELECT, INSERT{"" if only_new else ", UPDATE, DELETE"} ON "{table}" TO {role}'


def roles() -> Iterator[str]:
    for role in ROLES:
        yield (
            # An owner who may make no roles finds them made (deploy/postgresql/roles.sql).
            f"DO $$ BEGIN IF to_regrole('{role}') IS NULL THEN "
            f"CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS; END IF; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )


def statements() -> Iterator[str]:
    """Everything, in order; safe to run again after every migration."""
    yield from roles()
    yield from reach()
    yield from policies()
    yield from grants()
