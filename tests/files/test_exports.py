"""An export: asked for with a fresh proof, approved by another, made in the background, fetched once, known again."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import pyzipper
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import session as sessions
from agencies.actor import SYSTEM, Actor
from agencies.models import Posting, User
from casework import services
from casework.exports.sheets import as_csv, as_xlsx
from casework.exports.workflow import E
from casework.models import Canary, Case, Export
from casework.search import find_cases
from casework.services.exports import ask_for_export, end_exports, make_export, show_passphrase, take_file
from privacy.audit import ReadAudit
from privacy.files import folder
from tests.agencies.door import is_inside
from tests.attacks.record import Tried
from tests.casework.cases import ID_NUMBER, NAME, PHONE, a_case, with_victim
from tests.people import a_caseworker, a_lead, an_operator, another_federation, signed_in
from workflow.cells import harmless
from workflow.engine import NotAllowed, NotNow, NotVisible, Unmet, perform
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "%0A", "\t=1", "\r=1", "\ufeff=1", "＝1＋1", "＋1", "－1", "＠x",
    "=cmd|'/c calc'!A1", " =1",
]  # fmt: skip


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path
    folder().mkdir()


def asked(actor: Actor, **more: Any) -> Export:
    given: dict[str, Any] = {
        "source": "cases",
        "people": "names",
        "form": "xlsx",
        "reason": "季度汇报",
    } | more
    return ask_for_export(actor=actor, **given)


def fresh(pk: Any) -> Export:
    found: Export = Export.objects.select_related("agency").get(pk=pk)
    return found


def ready(actor: Actor, **more: Any) -> Export:
    export = asked(actor, **more)
    if export.state == E.ASKED:
        perform(export, "approve", actor=a_lead())
    make_export(export.pk)
    return fresh(export.pk)


def unpacked(export: Export, actor: Actor) -> bytes:
    passphrase = show_passphrase(export, actor=actor)
    assert passphrase
    with pyzipper.AESZipFile(io.BytesIO(take_file(export, actor=actor))) as pack:
        pack.setpassword(passphrase.encode())
        return bytes(pack.read(pack.namelist()[0]))


def cells(content: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.values)


def proved(client: Client, actor: Actor, ago: timedelta = timedelta()) -> Client:
    """Signed in, with a proof of a moment ago, or of so long ago."""
    signed_in(client, actor)
    session = client.session
    sessions.prove(session, timezone.now() - ago)
    session.save()
    return client


def test_a_few_rows_are_made_at_once_and_hold_what_the_asker_may_see() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker)
    other = a_case(worker)
    services.add_person(other, actor=worker, role="victim", name="小孩", age=9)
    a_case(a_caseworker(another_federation()))
    rows = cells(unpacked(ready(worker), worker))
    words = [str(cell) for row in rows for cell in row if cell]
    assert (case.reference in words, NAME in words, PHONE in words, ID_NUMBER in words, "小孩" in words) == (
        True, True, True, False, False,
    )  # fmt: skip
    assert len([word for word in words if word.startswith("HH-")]) == 3  # two cases and the canary


@pytest.mark.attack("T97", "T19")
def test_many_rows_or_id_numbers_wait_for_another_leader(tried: Tried) -> None:
    worker, lead = a_lead(), a_lead()
    cases = [a_case(worker) for _ in range(20)]
    assert asked(worker).state == E.MAKING  # twenty are few
    a_case(worker)
    many, numbers = asked(worker), asked(worker, people="numbers", year=1999)
    got = {}
    for name, export in (("21 rows", many), ("ID numbers", numbers)):
        try:
            perform(export, "approve", actor=worker)
            got[name] = "approved"
        except NotAllowed:
            got[name] = export.state
        with pytest.raises(Unmet) as refused:
            perform(export, "waive", actor=SYSTEM)
        assert [need.name for need in refused.value.needs] == ["little"]
    tried(
        request="approve one's own",
        actor="lead who asked",
        expected={"21 rows": "asked", "ID numbers": "asked"},
        got=got,
    )
    perform(many, "approve", actor=lead)
    make_export(many.pk)
    assert (fresh(many.pk).state, fresh(many.pk).decided_by_id, len(cases)) == (E.READY, lead.user_id, 20)
    assert OutboxMessage.objects.filter(kind="export_asked").count() == 2


@pytest.mark.attack("T97")
def test_a_file_is_fetched_once_by_whoever_asked_within_a_day(tried: Tried) -> None:
    worker, lead = a_caseworker(), a_lead()
    export, late = ready(worker), ready(worker)
    got: dict[str, str] = {}
    for name, row, actor in (
        ("another user", export, lead),
        ("first", export, worker),
        ("second", export, worker),
    ):
        try:
            take_file(row, actor=actor)
            got[name] = "file"
        except (NotVisible, NotNow) as refusal:
            got[name] = type(refusal).__name__
    Export.objects.filter(pk=late.pk).update(until=timezone.now())
    try:
        take_file(fresh(late.pk), actor=worker)
    except Unmet as refused:
        got["late"] = refused.needs[0].name
    end_exports(timezone.now())
    expected = {"another user": "NotVisible", "first": "file", "second": "NotNow", "late": "in_time"}
    tried(request="POST /exports/<id>/file/", actor="lead, asker", expected=expected, got=got)
    assert fresh(late.pk).state == E.EXPIRED
    assert show_passphrase(fresh(late.pk), actor=worker) is None
    assert ReadAudit.objects.filter(owner=export.pk, action="export", fields=["file"]).count() == 1


def test_at_rest_the_pack_is_sealed_and_the_passphrase_is_shown_once() -> None:
    worker = a_caseworker()
    with_victim(a_case(worker), worker)
    export = ready(worker)
    stored = (folder() / str(export.file_id)).read_bytes()
    first = show_passphrase(export, actor=worker)
    assert (b"PK\x03\x04" in stored, bool(first), show_passphrase(fresh(export.pk), actor=worker)) == (
        False,
        True,
        None,
    )
    pack = pyzipper.AESZipFile(io.BytesIO(take_file(fresh(export.pk), actor=worker)))
    with pytest.raises(RuntimeError):
        pack.read(pack.namelist()[0])
    assert pack.namelist() == [f"export-{export.serial}.xlsx"]


@pytest.mark.attack("T97")
def test_every_sheet_names_who_took_it_and_holds_a_person_who_is_nobody(tried: Tried) -> None:
    worker = a_caseworker()
    with_victim(a_case(worker), worker)
    export = ready(worker)
    content = unpacked(export, worker)
    rows = cells(content)
    first, last = str(rows[0][0]), str([row for row in rows if row[0]][-1][0])
    marks = [word in first for word in (worker.label, str(export.agency), export.serial)]
    canary = Canary.objects.get(export=export)
    opened = next(row for row in rows if row[0] == canary.reference)
    tried(
        request="sheet of an export", actor="asker", expected=([True] * 3, True), got=(marks, first == last)
    )
    for text in (opened[8], opened[9], canary.reference):
        find_cases(str(text), an_operator(another_federation()))
    told = OutboxMessage.objects.filter(kind="canary_sought", agency_id=export.agency_id).count()
    rows_of_register = ReadAudit.objects.filter(owner=export.pk, action="search").count()
    tried(
        request="search for the canary",
        actor="operator of agency B",
        expected=(3, 3),
        got=(told, rows_of_register),
    )
    find_cases(PHONE, worker)
    assert OutboxMessage.objects.filter(kind="canary_sought").count() == 3


@pytest.mark.attack("T14")
@pytest.mark.parametrize("how", ["account closed", "posting ended"])
def test_an_export_ends_with_the_account_of_whoever_asked(how: str, tried: Tried) -> None:
    worker = a_caseworker()
    a_case(worker)
    queued, lying = asked(worker), ready(worker)
    browser = signed_in(Client(), worker)
    assert is_inside(browser)
    if how == "account closed":
        User.objects.filter(pk=worker.user_id).update(is_active=False)
    else:
        Posting.objects.filter(user=worker.user_id).update(
            starts=timezone.now() - timedelta(days=1), ends=timezone.now()
        )
    make_export(queued.pk)
    end_exports(timezone.now())
    states = [fresh(queued.pk).state, fresh(lying.pk).state]
    tried(
        request=f"export while {how}",
        actor="worker, her browser open",
        expected=(["stopped"] * 2, 0, False),
        got=(states, len([*folder().glob("*")]), is_inside(browser)),
    )


def test_an_export_that_is_stopped_while_it_is_made_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = a_caseworker()
    a_case(worker)
    export = asked(worker)
    perform(export, "stop", actor=worker)
    make_export(export.pk)
    assert (fresh(export.pk).state, [*folder().glob("*")]) == (E.STOPPED, [])


def test_more_rows_than_were_promised_without_approval_are_not_given() -> None:
    worker = a_caseworker()
    export = asked(worker)
    for _ in range(21):
        a_case(worker)
    make_export(export.pk)
    assert fresh(export.pk).state == E.STOPPED


@pytest.mark.attack("T56")
def test_no_cell_is_a_formula_whatever_it_says(tried: Tried) -> None:
    again = openpyxl.load_workbook(io.BytesIO(as_xlsx([[word] for word in FORMULAS], "=mark()"))).active
    kinds = {cell.data_type for row in again.iter_rows() for cell in row if cell.value is not None}  # type: ignore[union-attr]
    tried(request="xlsx of formulas, re-opened", actor="asker", expected={"s"}, got=kinds)
    lines = as_csv([[word] for word in FORMULAS], "=mark()").decode("utf-8-sig")
    bare = [word for word in FORMULAS if f'"{word}"' in lines or harmless(word) == word]
    tried(request="csv of formulas", actor="asker", expected=[], got=bare)


@pytest.mark.attack("T57")
def test_a_name_that_is_a_template_stays_a_name(tried: Tried) -> None:
    worker, words = a_caseworker(), "{{settings.SECRET_KEY}}${7*7}{%x%}"
    services.add_person(a_case(worker), actor=worker, role="victim", name=words)
    found = [cell for row in cells(unpacked(ready(worker), worker)) for cell in row if cell == words]
    tried(request="export of a name that is a template", actor="caseworker", expected=[words], got=found)


def test_figures_and_the_register_leave_the_same_way() -> None:
    lead = a_lead()
    for source in ("figures", "reads"):
        rows = cells(unpacked(ready(lead, source=source, form="xlsx"), lead))
        assert (lead.label in str(rows[0][0]), len(rows) > 3) == (True, True)
    with pytest.raises(NotVisible):
        asked(a_caseworker(), source="reads")


@pytest.mark.attack("T09")
def test_an_export_of_another_agency_or_colleague_is_absent(client: Client, tried: Tried) -> None:
    export = ready(a_caseworker())
    for actor, who in ((a_caseworker(), "colleague"), (a_lead(another_federation()), "lead of agency B")):
        proved(client, actor)
        for name in ("one", "file", "passphrase"):
            url = reverse(f"exports:{name}", args=[export.pk])
            answer = client.post(url) if name == "file" else client.get(url)
            tried(request=f"/exports/<id>/{name}", actor=who, expected=404, got=answer.status_code)


def test_the_pages_ask_for_a_proof_follow_the_making_and_give_the_file(client: Client) -> None:
    worker = a_caseworker()
    a_case(worker)
    proved(client, worker, ago=timedelta(minutes=6))
    given = {"source": "cases", "people": "names", "form": "csv", "reason": "季度汇报"}
    unproved = client.post(reverse("exports:new"), given)
    assert (unproved.status_code, Export.objects.count(), "季度汇报" in unproved.content.decode()) == (
        401,
        0,
        True,
    )
    proved(client, worker)
    page = client.post(reverse("exports:new"), given)["Location"]
    export = Export.objects.get()
    making = client.get(page, headers={"HX-Request": "true"}).content.decode()
    make_export(export.pk)
    done = client.get(page).content.decode()
    shown = client.post(reverse("exports:passphrase", args=[export.pk])).content.decode()
    file = client.post(reverse("exports:file", args=[export.pk]))
    again = client.post(reverse("exports:file", args=[export.pk]))
    assert ("正在生成" in making, "可下载" in done, file["Content-Disposition"], again.status_code) == (
        True, True, f'attachment; filename="export-{export.serial}.zip"', 302,
    )  # fmt: skip
    assert ("口令" in shown, client.get(reverse("exports:list")).status_code, Case.objects.count()) == (
        True,
        200,
        1,
    )


def test_a_refused_move_names_no_other_that_would_be_refused_as_well() -> None:
    export = asked(a_caseworker(), people="numbers")
    browser, late = signed_in(Client(), a_lead()), f"/moves/export/{export.pk}/finish"
    named = []
    for until in (timezone.now() + timedelta(hours=1), timezone.now() - timedelta(hours=1)):
        Export.objects.filter(pk=export.pk).update(until=until)
        answer = browser.post(late, {"rev": export.rev})
        assert answer.status_code == 409
        page = answer.content.decode()
        named.append([f"/moves/export/{export.pk}/{name}" in page for name in ("approve", "refuse")])
    assert named == [[True, True], [False, True]]
