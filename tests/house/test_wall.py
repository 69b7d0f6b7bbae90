"""The second wall under the real database roles: what the first one forgets, PostgreSQL does not show."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from agencies import wall
from agencies.actor import SYSTEM, Actor
from agencies.file_marks import FileMark
from casework import services
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case, Note, Person
from casework.services.lapsing import let_lapse
from casework.services.shredding import carry_out_due
from config.wall import DESK, LIAISON, OWNER, STATISTICS, of_files, roles, statements
from privacy.audit import Purpose
from privacy.keyrows import DataKey
from privacy.reading import reveal
from tests.attacks.record import Tried
from tests.casework.cases import a_case, with_victim
from tests.hotline.calls import finished
from tests.people import (
    a_caseworker,
    a_lead,
    a_policeman,
    a_supervisor,
    an_operator,
    another_federation,
    police,
    signed_in,
)
from tests.workflow.force import force_state
from workflow.engine import begin, perform
from workflow.models import Deadline
from workflow.sweep import sweep

pytestmark = pytest.mark.django_db
As = Callable[[str], None]


@pytest.fixture
def as_role(db: None, settings: Any) -> Iterator[As]:
    """Roles, grants and policies in this test's own transaction; `as_role(...)` goes on under one of them."""
    with connection.cursor() as cursor:
        for one in statements():
            cursor.execute(one)

    def become(role: str) -> None:
        settings.DATABASE_ROLE = role
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")

    yield become
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def ask(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def a_story() -> tuple[Case, Actor]:
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker)
    services.add_note(case, actor=worker, text="记录")
    return case, worker


def seen(actor: Actor | None) -> list[int]:
    """Cases, people and notes there are at all for whoever acts, asked past every scope."""
    if actor is not None:
        wall.tell(actor)
    return [model.objects.count() for model in (Case, Person, Note)]  # type: ignore[attr-defined]


def test_every_table_that_points_at_a_case_stands_behind_the_wall(as_role: As) -> None:
    pointing = {
        table
        for (table,) in ask(
            "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND column_name IN ('case_id', 'subject_id', 'call_id', 'referral_id', 'deadline_id', 'step_id')"
        )
    }
    forced = {
        table for (table,) in ask("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    }
    ruled = {table for (table,) in ask("SELECT tablename FROM pg_policies WHERE policyname = 'huhang_body'")}
    unruled = {
        "huhang_reach",
        "agencies_recusal",
        "agencies_historicalrecusal",
        "agencies_emergency",
        "agencies_filemark",
    }
    assert (
        pointing - unruled - {t for t in pointing if t.startswith(("indicators_", "tests_", "sample_"))}
        <= forced & ruled
    )
    assert {model._meta.db_table for model in of_files()} <= forced & ruled


@pytest.mark.attack("T15")
def test_without_context_no_row_with_it_the_own_ones_and_nothing_survives_the_transaction(
    as_role: As, tried: Any
) -> None:
    _case, worker = a_story()
    stranger = a_caseworker(another_federation())
    as_role(DESK)
    for who, actor, expected in (
        ("nobody", None, [0, 0, 0]),
        ("agency B", stranger, [0, 0, 0]),
        ("agency A", worker, [1, 1, 1]),
    ):
        tried(
            request="Case, Person, Note .count() as huhang_desk",
            actor=who,
            expected=expected,
            got=seen(actor),
        )
    wall.tell(stranger)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_case SET escalated = true")
        tried(request="UPDATE casework_case", actor="agency B", expected=0, got=cursor.rowcount)
    given = connection.get_connection_params()
    with psycopg.connect(
        **{k: v for k, v in given.items() if k in ("host", "dbname", "user", "port")}
    ) as other:
        other.execute("SELECT set_config('huhang.agency', %s, true)", [str(worker.agency_id)])
        other.commit()
        left = other.execute("SELECT current_setting('huhang.agency', true)").fetchone()
    tried(request="current_setting after COMMIT", actor="the same connection", expected=("",), got=left)


def test_an_operators_page_and_note_are_served_under_the_desk_role(as_role: As) -> None:
    case, _worker = a_story()
    browser = signed_in(Client(), an_operator())
    stranger = an_operator(another_federation())
    strange = signed_in(Client(), stranger)
    as_role(DESK)
    assert (
        browser.get(case.get_absolute_url()).status_code,
        strange.get(case.get_absolute_url()).status_code,
    ) == (200, 404)
    assert (
        browser.post(
            f"{case.get_absolute_url()}notes/add/", {"kind": "contact", "text": "夜间来电"}
        ).status_code
        == 302
    )
    new = browser.post("/cases/new/", {"matter": "dv", "channel": "walk_in", "relation": "1_spouse"})
    assert new.status_code in (302, 422)
    wall.tell(stranger)
    services.break_glass(case.reference, actor=stranger, why="danger", reason="她正在被追打")
    page = strange.get(case.get_absolute_url())
    assert (page.status_code, b'id="emergency-bar"' in page.content, b"notes/add" in page.content) == (
        200,
        True,
        False,
    )
    wall.tell(SYSTEM)
    assert Note.objects.filter(case=case).count() == 2


@pytest.mark.attack("T104")
def test_a_station_works_its_letter_under_the_liaison_role_and_no_reporter_is_there(
    as_role: As, tried: Any
) -> None:
    case, worker = a_story()
    services.record_reporter(case, actor=worker, name="邻居")
    letter = begin(WarningLetter, actor=worker, case=case, letter_type="dv", origin="federation")
    letter.police_agency = police()
    letter.acting(worker).save()
    force_state(letter, "requested")
    browser, other = (
        signed_in(Client(), a_policeman(station)) for station in (police(), police("别处派出所"))
    )
    as_role(LIAISON)
    page = browser.get("/cases/inbox/")
    assert (page.status_code, letter.panel_id in page.content.decode()) == (200, True)
    assert letter.panel_id not in other.get("/cases/inbox/").content.decode()
    accepted = browser.post(f"/moves/warning_letter/{letter.pk}/accept", {"rev": letter.rev})
    assert accepted.status_code == 303
    for table in ("casework_reporter", "casework_safecontact", "hotline_call"):
        with pytest.raises(ProgrammingError) as refused, transaction.atomic():
            ask(f"SELECT count(*) FROM {table}")
        tried(request=f"SELECT FROM {table}", actor="huhang_liaison", expected="42501", got=refused.value.__cause__.sqlstate)  # type: ignore[union-attr]  # fmt: skip


@pytest.mark.attack("T08")
def test_the_statistics_role_reads_releases_and_no_case(as_role: As, tried: Any) -> None:
    a_story()
    browser = signed_in(Client(), a_supervisor())
    as_role(STATISTICS)
    pages = [browser.get(address).status_code for address in ("/figures/releases/", "/plan/")]
    tried(request="GET /figures/releases/, /plan/", actor="supervisor", expected=[200, 200], got=pages)
    for table in ("casework_case", "casework_person", "casework_historicalnote", "hotline_call"):
        with pytest.raises(ProgrammingError) as refused, transaction.atomic():
            ask(f"SELECT count(*) FROM {table}")
        tried(request=f"SELECT FROM {table}", actor="huhang_statistics", expected="42501", got=refused.value.__cause__.sqlstate)  # type: ignore[union-attr]  # fmt: skip


def test_a_workers_sweep_runs_under_the_desk_role_as_the_system(as_role: As) -> None:
    a_story()
    as_role(DESK)
    wall.tell(SYSTEM)
    due = Deadline.objects.live().exclude(next_wake_at=None).count()
    assert due > 0
    assert sweep(timezone.now().replace(year=timezone.now().year + 1)) is not None


@pytest.mark.attack("T92")
def test_the_worker_empties_old_versions_by_a_tombstone_and_no_other_way(as_role: As, tried: Any) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    wrong = with_victim(case, worker)
    one = services.ask_to_shred(case, actor=worker, why="mistake", person=wrong)
    perform(one, "approve", actor=a_lead())
    as_role(DESK)
    wall.tell(SYSTEM)
    with pytest.raises(ProgrammingError) as refused, transaction.atomic():
        ask(f"UPDATE casework_historicalperson SET name = NULL WHERE id = '{wrong.pk}' RETURNING id")
    tried(
        request="UPDATE of an old version",
        actor="worker's role",
        expected="ProgrammingError",
        got=refused.typename,
    )
    assert carry_out_due(timezone.now() + timedelta(days=8)) == 1
    names = [row.name for row in Person.history.filter(id=wrong.pk)]
    tried(request="the old versions after the shredding", actor="worker", expected=[None], got=names)


def test_the_worker_lets_a_call_without_a_case_lapse_under_its_own_role(as_role: As) -> None:
    operator = an_operator()
    call = finished("advise", operator)
    as_role(DESK)
    wall.tell(SYSTEM)
    over = timezone.now() + timedelta(days=3 * 366)
    assert [let_lapse(over), let_lapse(over)] == [1, 0]
    assert list(FileMark.objects.filter(kind="shredded").values_list("subject_id", flat=True)) == [call.pk]


@pytest.mark.attack("T87")
def test_keys_are_rotated_by_the_owner_of_the_tables_behind_the_wall_and_by_nobody_who_sees_less(
    as_role: As, settings: Any, tried: Tried
) -> None:
    """Every table of a case is closed to its owner too, but for what works as the system."""
    settings.KEY_CACHE_SECONDS = 0.05
    case, worker = a_story()
    as_role(OWNER)
    for actor, words in ((worker, "sees its own federation's rows"), (None, "is told nothing")):
        wall.tell(actor) if actor else ask("SELECT set_config('huhang.basis', '', true)")
        with pytest.raises(CommandError) as refused:
            call_command("keys", "rotate", "data", stdout=StringIO())
        tried(
            request=f"keys rotate data by a role that {words}", actor="owner", expected=True,
            got="does not see every row" in str(refused.value),
        )  # fmt: skip
    wall.tell(SYSTEM)
    before = set(DataKey.objects.filter(owner=case.pk, state="active").values_list("id", flat=True))
    for words in (("rotate", "data"), ("rotate", "bi-name"), ("rotate", "marks")):
        call_command("keys", *words, stdout=StringIO())
    kept = set(DataKey.objects.filter(owner=case.pk).exclude(state="primary").values_list("id", flat=True))
    opened = reveal(Person.objects.get(case=case), "name", actor=SYSTEM, purpose=Purpose.SYSTEM)
    tried(
        request="keys rotate data, bi-name, marks as the system", actor="owner", expected=(True, True),
        got=(len(kept) > len(before), bool(opened["name"])),
    )  # fmt: skip


@pytest.mark.django_db
def test_the_owner_of_the_tables_who_may_make_no_role_finds_them_made() -> None:
    with connection.cursor() as cursor:
        for one in (*roles(), f"SET LOCAL ROLE {OWNER}", *roles()):
            cursor.execute(one)
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
