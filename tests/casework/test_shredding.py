"""A shredded case is gone for everybody, its numbers stay; a hold, a second person and the law stand before it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from agencies import rulings
from agencies.actor import SYSTEM, Actor
from agencies.file_marks import FileMark
from casework import services
from casework.models import Case, DocumentFile, Evidence, Person, Reporter, SafeContact, Shredding
from casework.services.shredding import carry_out_due
from hotline.models import Call
from indicators.models import Tally
from indicators.recount import reconcile
from privacy.errors import KeyRingError, SealError
from privacy.files import folder
from privacy.keyrows import DataKey
from privacy.models import Ruling, Tombstone
from privacy.reading import reveal
from privacy.tombstones import bury
from tests.casework.cases import NAME, PHONE, a_case, close, ready_to_close, with_victim
from tests.casework.test_archive import PHOTO
from tests.papers import printed
from tests.people import a_caseworker, a_lead, signed_in
from workflow.engine import NotAllowed, Unmet, perform
from workflow.models import Deadline, Notice, OutboxMessage, StepRecord

pytestmark = pytest.mark.django_db
YEARS = timedelta(days=366 * 31)


def archived(worker: Actor, ago: timedelta = YEARS) -> Case:
    """A case of all kinds of data, closed and archived so long ago."""
    case = ready_to_close(worker)
    with_victim(case, worker)
    services.record_reporter(case, actor=worker, name="邻居", phone="13900001111")
    services.set_safe_contact(case, actor=worker, phone="13700002222", code_word="送快递")
    photo = SimpleUploadedFile("伤情.jpg", PHOTO)
    services.register_evidence(case, actor=worker, kind="E5", title="左臂伤情", file=photo)
    printed("intake", case, worker)
    close(Case.objects.get(pk=case.pk), worker)
    perform(Case.objects.get(pk=case.pk), "record_follow_up", actor=worker, safe="yes")
    perform(Case.objects.get(pk=case.pk), "archive", actor=a_lead())
    _long_ago(case, ago)
    return Case.objects.get(pk=case.pk)


def _long_ago(case: Case, ago: timedelta) -> None:
    at = timezone.now() - ago
    Deadline.objects.filter(obj_id=case.pk, closed_at=None).update(started_to=at)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE workflow_steprecord DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE workflow_steprecord SET recorded_at = %s WHERE obj_id = %s AND move = 'archive'",
            [at, case.pk],
        )
        cursor.execute("ALTER TABLE workflow_steprecord ENABLE TRIGGER USER")


def approved(case: Case, worker: Actor, **asked: Any) -> Shredding:
    one = services.ask_to_shred(case, actor=worker, **{"why": "time_over"} | asked)
    perform(one, "approve", actor=a_lead())
    return Shredding.objects.get(pk=one.pk)


def after_waiting() -> int:
    return carry_out_due(timezone.now() + timedelta(days=settings.SHRED_WAITS_DAYS, minutes=1))


def left_of(case: Case) -> dict[str, int]:
    """What outlives a key, by kind."""
    owners = {"subject_id": case.pk}
    tagged = [
        Person.objects.filter(case=case),
        Reporter.objects.filter(case=case),
        SafeContact.objects.filter(case=case),
    ]
    return {
        "keys": DataKey.objects.filter(owner=case.pk).count(),
        "tags": sum(len(tags or ()) for rows in tagged for tags in rows.values_list("tags", flat=True)),
        "files": sum(1 for path in folder().glob("*")),
        "papers": DocumentFile.objects.filter(case=case).count(),
        "outbox": OutboxMessage.objects.filter(**owners).count() + Notice.objects.filter(**owners).count(),
    }


def opens(row: Any, *names: str) -> bool:
    try:
        reveal(row, *names, actor=a_caseworker(), purpose="casework")
    except SealError:
        return False
    return True


@pytest.mark.attack("T92")
def test_a_shredded_case_is_gone_by_page_search_history_and_file_and_its_numbers_stay(
    tried: Any, django_capture_on_commit_callbacks: Any
) -> None:
    worker, before_files = a_caseworker(), sum(1 for _ in folder().glob("*")) if folder().exists() else 0
    case, other = archived(worker), a_case(worker)
    with_victim(other, worker, name="王小明", phone="13500135000")
    person = Person.objects.get(case=case)
    reconcile(timezone.now(), repair=True)
    numbers = sorted(Tally.objects.values_list("figure", "dims", "month", "home", "n"))
    assert all(left_of(case).values()) or left_of(case)["outbox"] == 0
    approved(case, worker)
    with django_capture_on_commit_callbacks(execute=True):
        assert (carry_out_due(), after_waiting(), after_waiting()) == (0, 1, 0)
    left = left_of(case)
    tried(
        request="what is left beside the row itself", actor="host",
        expected={"keys": 0, "tags": 0, "files": before_files, "papers": 0, "outbox": 0}, got=left,
    )  # fmt: skip
    old = Person.history.filter(id=person.pk).first()
    step = StepRecord.objects.filter(obj_id=case.pk).exclude(payload__isnull=True).first()
    for row, name in ((Person.objects.get(pk=person.pk), "name"), (old, "name"), (step, "payload")):
        tried(request=f"open {type(row).__name__}", actor="caseworker", expected=False, got=opens(row, name))
    browser = signed_in(Client(), worker)
    page = browser.get(case.get_absolute_url())
    tried(request="GET /cases/<id>/", actor="caseworker", expected=410, got=page.status_code)
    text = page.content.decode()
    assert case.reference in text and NAME not in text and case.alias not in text
    for words in (NAME, PHONE, case.reference):
        found = browser.post("/cases/search/", {"q": words}).content.decode()
        tried(request="POST /cases/search/", actor="caseworker", expected=False, got=str(case.pk) in found)
    report = reconcile(timezone.now())
    assert (
        report.differences,
        sorted(Tally.objects.values_list("figure", "dims", "month", "home", "n")),
    ) == ([], numbers)
    assert opens(Person.objects.get(case=other), "name")


@pytest.mark.attack("T92")
def test_one_person_is_shredded_and_the_others_stay_readable(tried: Any) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    victim = with_victim(case, worker)
    wrong = services.add_person(case, actor=worker, role="respondent", name="误登的人", phone="13600136000")
    approved(case, worker, why="mistake", person=Person.objects.get(pk=wrong.pk))
    assert after_waiting() == 1
    rows = [Person.objects.get(pk=wrong.pk), *Person.history.filter(id=wrong.pk)]
    got = [reveal(row, "name", "phone", actor=worker, purpose="casework") for row in rows]
    tried(
        request="open the one person, now and in history", actor="caseworker",
        expected=[{"name": None, "phone": None}] * len(rows), got=got,
    )  # fmt: skip
    assert rows[0].tags == []
    assert reveal(Person.objects.get(pk=victim.pk), "name", actor=worker, purpose="casework") == {
        "name": NAME
    }
    assert signed_in(Client(), worker).get(case.get_absolute_url()).status_code == 200


@pytest.mark.attack("T92")
def test_under_legal_hold_nothing_is_shredded_not_even_what_was_approved_before(tried: Any) -> None:
    worker, chief = a_caseworker(), a_lead()
    case = archived(worker)
    one = approved(case, worker)
    services.mark(case, actor=chief, kind="hold", why="court")
    carried = after_waiting()
    tried(request="the days are over under a hold", actor="beat", expected=0, got=carried)
    perform(one, "take_back", actor=worker)
    with pytest.raises(Unmet) as refused:
        services.ask_to_shred(case, actor=worker, why="time_over")
    needs = [need.name for need in refused.value.needs]
    tried(request="ask for shredding under a hold", actor="caseworker", expected=["no_hold"], got=needs)
    services.lift_mark(case, actor=chief, kind="hold")
    approved(case, worker)
    assert (after_waiting(), FileMark.objects.get(kind="hold").lifted_by_id) == (1, chief.user_id)


def test_two_persons_in_two_posts_and_a_fresh_proof_stand_before_it(client: Client) -> None:
    worker = a_caseworker()
    case = archived(worker)
    with pytest.raises(NotAllowed):
        services.ask_to_shred(case, actor=a_lead(), why="time_over")
    one = services.ask_to_shred(case, actor=worker, why="time_over")
    with pytest.raises(NotAllowed):
        perform(one, "approve", actor=worker)
    chief = signed_in(client, a_lead())
    session = chief.session
    session.pop("proved", None)
    session.save()
    answer = chief.post(f"/moves/shredding/{one.pk}/approve", {"rev": one.rev})
    one.refresh_from_db()
    assert (answer.status_code, one.state) == (401, "asked")


@pytest.mark.parametrize(
    ("ago", "why"), [(timedelta(days=365 * 8), "time_over"), (timedelta(days=30), "mistake")]
)
def test_what_the_law_keeps_is_closed_to_all_but_the_leader_instead(ago: timedelta, why: str) -> None:
    worker, chief = a_caseworker(), a_lead()
    case = archived(worker, ago)
    with pytest.raises(Unmet) as refused:
        services.ask_to_shred(case, actor=worker, why=why)
    assert [need.name for need in refused.value.needs] == ["law_allows"]
    services.mark(case, actor=chief, kind="restricted", why="law_keeps")
    pages = [signed_in(Client(), actor).get(case.get_absolute_url()).status_code for actor in (worker, chief)]
    assert pages == [404, 200]
    assert Person.objects.visible_to(worker).filter(case=case).count() == 0


def test_a_tombstone_is_never_changed_and_empties_only_what_it_names() -> None:
    worker = a_caseworker()
    case = archived(worker)
    with_victim(other := a_case(worker), worker)
    approved(case, worker)
    after_waiting()
    stone = Tombstone.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_forget(%s, 'casework_person', 'id', '{name}')", [stone.pk])
        assert cursor.fetchone() == (0,)
    assert opens(Person.objects.get(case=other), "name")
    assert Call.objects.filter(case=case).count() == 0
    assert Evidence.objects.get(case=case).file_id is None


def test_a_list_in_which_something_was_put_is_not_replayed(tmp_path: Path, settings: Any) -> None:
    """Whoever could add a line could have a case destroyed by the next restore."""
    settings.SHRED_LIST = str(tmp_path / "list")
    first, second = (bury(uuid4(), owners=[uuid4()], rows=[], at=timezone.now()) for _ in range(2))
    Tombstone.write_list()
    Tombstone.write_list()
    lines = Path(settings.SHRED_LIST).read_text().splitlines()
    assert [stone.pk for stone in Tombstone.gathered()] == [first.pk, second.pk] and len(lines) == 2
    forged = json.loads(lines[1]) | {"n": 3, "id": uuid4().hex, "owners": [uuid4().hex]}
    Path(settings.SHRED_LIST).write_text("\n".join([*lines, json.dumps(forged), ""]))
    with pytest.raises(KeyRingError, match="entry 3"):
        Tombstone.gathered()


def test_a_line_that_a_full_disk_cut_off_is_written_again(tmp_path: Path, settings: Any) -> None:
    settings.SHRED_LIST = str(tmp_path / "list")
    stones = [bury(uuid4(), owners=[uuid4()], rows=[], at=timezone.now()) for _ in range(3)]
    Tombstone.write_list()
    path = Path(settings.SHRED_LIST)
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    assert [stone.pk for stone in Tombstone.gathered()] == [stone.pk for stone in stones]
    Tombstone.write_list()
    assert path.read_bytes() == whole


@pytest.mark.attack("T92")
def test_holds_and_restrictions_come_back_from_their_list_as_they_were_decided_last(
    tmp_path: Path, settings: Any, tried: Any
) -> None:
    settings.SHRED_LIST = str(tmp_path / "list")
    worker, chief = a_caseworker(), a_lead()
    held, freed = a_case(worker), a_case(worker)
    services.mark(freed, actor=chief, kind="hold", why="audit")
    services.mark(held, actor=chief, kind="restricted", why="law_keeps")
    services.lift_mark(freed, actor=chief, kind="hold")
    services.mark(freed, actor=chief, kind="hold", why="court")
    Ruling.write_list()
    decided = list(FileMark.objects.order_by("pk").values())
    FileMark.objects.filter(why__in=["court", "law_keeps"]).delete()
    FileMark.objects.update(lifted_at=None, lifted_by=None)
    with connection.cursor() as cursor:  # the archive of the key ring is older than all of it
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM privacy_ruling")
        cursor.execute("SET session_replication_role = origin")
    for _ in range(2):
        rulings.replay(lambda line: None)
        got = list(FileMark.objects.order_by("pk").values())
        tried(request="replay the list of rulings", actor="keeper", expected=decided, got=got)
    lines = Path(tmp_path / "rulings.list").read_text().splitlines()
    (tmp_path / "rulings.list").write_text(
        "\n".join([*lines, lines[-1].replace('"lifted": false', '"lifted": true'), ""])
    )
    with pytest.raises(KeyRingError, match="holds and restrictions does not pass its check at entry 5"):
        rulings.replay(lambda line: None)


def test_a_mark_from_before_there_was_a_list_is_written_down_by_the_beat() -> None:
    worker, chief = a_caseworker(), a_lead()
    FileMark.objects.create(
        subject_id=a_case(worker).pk, kind="hold", why="court", entered_by_id=chief.user_id
    )
    carry_out_due()
    carry_out_due()
    assert list(Ruling.objects.values_list("kind", "by", "lifted")) == [("hold", chief.user_id, False)]


def test_an_open_case_is_not_shredded_and_none_before_its_days_are_over() -> None:
    worker = a_caseworker()
    with pytest.raises(Unmet) as refused:
        services.ask_to_shred(a_case(worker), actor=worker, why="mistake")
    assert [need.name for need in refused.value.needs] == ["no_longer_worked_on"]
    case = a_case(worker)
    one = approved(case, worker, why="mistake", person=with_victim(case, worker))
    with pytest.raises(Unmet) as early:
        perform(one, "carry_out", actor=SYSTEM)
    assert [need.name for need in early.value.needs] == ["waited"]
