"""The reading register and requests: one row for everything that is given, one for everything that is not."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from agencies.tasks import check_new_rows, check_register, seal_register, sign_register
from agencies.watch import hours, limits, look
from agencies.watchrows import WatchAlert
from casework import services
from casework.models import Case, Note, Person
from hotline.services import answer_call
from privacy.audit import Action, Purpose, ReadAudit, record_read, write_reads
from privacy.chain import Fresh, seal
from privacy.chainrows import AuditChain, BaitMark
from privacy.request import request_scope
from tests import people
from tests.attacks.record import Tried
from tests.casework.cases import ID_NUMBER, NAME, PHONE, a_case, with_victim

pytestmark = pytest.mark.django_db
NOTE = "电话里哭了"


def body(answer: Any) -> str:
    return str(answer.content.decode())


def rows_of(answer: Any) -> list[ReadAudit]:
    """What the register says of the request that this answers."""
    return list(ReadAudit.objects.filter(request_id=UUID(answer["X-Request-ID"])))


@pytest.fixture
def worker() -> Actor:
    return people.a_caseworker()


@pytest.fixture
def case(worker: Actor) -> Case:
    found = a_case(worker)
    with_victim(found, worker)
    services.add_note(found, actor=worker, text=NOTE)
    return found


@pytest.fixture
def hers(client: Client, worker: Actor) -> Client:
    return people.signed_in(client, worker)


@pytest.mark.attack("T94", "T80")
def test_what_an_answer_shows_stands_once_in_the_register_and_nothing_else_does(
    case: Case, hers: Client, worker: Actor, tried: Tried
) -> None:
    person, note = Person.objects.get(case=case), Note.objects.get(case=case)
    secrets = {
        NAME: (person.pk, "name"), PHONE: (person.pk, "phone"), "138****5678": (person.pk, "phone"),
        ID_NUMBER: (person.pk, "id_number"), NOTE: (note.pk, "text"),
    }  # fmt: skip
    reveal, edit = (
        reverse("casework:reveal", args=[case.pk]),
        reverse("casework:person_edit", args=[case.pk, person.pk]),
    )
    asked: list[tuple[str, str, dict[str, str], int]] = [
        ("get", case.get_absolute_url(), {}, 1),
        ("post", reveal, {"part": str(person.pk)}, 2),
        ("post", reveal, {"part": "notes"}, 2),
        ("get", edit, {}, 3),
        ("post", reverse("casework:search"), {"text": PHONE}, 1),
        ("post", reverse("casework:search"), {"text": NAME}, 2),
        ("post", reverse("casework:search"), {"text": "13900000000"}, 0),
        ("get", reverse("casework:list"), {}, 0),
        ("get", reverse("casework:today"), {}, 0),
    ]
    shown = 0
    for verb, url, data, least in asked:
        answer = getattr(hers, verb)(url, data)
        rows = [row for row in rows_of(answer) if row.actor_user == worker.user_id and row.outcome == "ok"]
        page = body(answer)
        found = {where for word, where in secrets.items() if word in page and word not in data.values()}
        covered = [(pk, name) for row in rows for pk in row.object_ids for name in row.fields]
        tried(
            request=f"{verb.upper()} {url.replace(str(case.pk), '<id>').replace(str(person.pk), '<id>')}",
            actor="caseworker", expected=dict.fromkeys(found, 1),
            got={where: covered.count(where) for where in found},
        )  # fmt: skip
        assert len(found) >= least - 1 and (least == 0 or rows)
        shown += len(found)
    told = str(list(ReadAudit.objects.values()))
    assert (shown > 5, [word for word in (NAME, PHONE, "13900000000", NOTE) if word in told]) == (True, [])


def test_a_row_says_from_which_session_address_and_page_without_telling_them(
    case: Case, hers: Client
) -> None:
    one, two = (rows_of(hers.get(case.get_absolute_url()))[0] for _ in range(2))
    other = people.signed_in(Client(REMOTE_ADDR="10.1.2.3"), people.a_caseworker())
    third = rows_of(other.get(case.get_absolute_url()))[0]
    same = (one.session == two.session, one.origin == two.origin)
    assert (same, one.session == third.session, one.origin == third.origin) == ((True, True), False, False)
    assert (one.place, b"10.1.2.3" in bytes(third.origin or b"")) == ("casework:case", False)


@pytest.mark.attack("T01", "T07")
def test_a_refusal_is_one_row_with_what_was_asked_for(case: Case, worker: Actor, tried: Tried) -> None:
    absent, url = uuid4(), case.get_absolute_url()
    move = reverse("workflow:move", args=["case", case.pk, "close"])
    foreigner, gone = people.a_caseworker(people.another_federation()), url.replace(str(case.pk), str(absent))
    passing = move.replace("close", "transfer")
    asked: list[tuple[str, Actor, str, str, UUID, int, tuple[str, str]]] = [
        ("colleague of another agency", foreigner, "get", url, case.pk, 404, ("open", "denied")),
        ("the same", worker, "get", gone, absent, 404, ("open", "denied")),
        ("supervisor", people.a_supervisor(), "get", url, case.pk, 404, ("open", "denied")),
        (
            "police, the case not referred",
            people.a_policeman(),
            "post",
            move,
            case.pk,
            404,
            ("move", "denied"),
        ),
        ("operator", people.an_operator(), "post", passing, case.pk, 403, ("move", "denied")),
        ("caseworker, too early", worker, "post", move, case.pk, 409, ("move", "refused")),
    ]
    for name, actor, verb, address, pk, status, (action, outcome) in asked:
        answer = getattr(people.signed_in(Client(), actor), verb)(address)
        rows = [
            (row.action, row.outcome, row.object_ids, row.actor_user)
            for row in rows_of(answer)
            if row.outcome != "ok"
        ]
        tried(
            request=f"{verb.upper()} {address.replace(str(pk), '<id>')}", actor=name,
            expected=(status, [(action, outcome, [pk], actor.user_id)]), got=(answer.status_code, rows),
        )  # fmt: skip


@pytest.mark.attack("T35")
@pytest.mark.parametrize("way", ["page", "reveal", "search", "absent"])
def test_where_the_register_cannot_be_written_nothing_is_given(
    way: str, case: Case, hers: Client, tried: Tried
) -> None:
    url, pk = case.get_absolute_url(), Person.objects.get(case=case).pk
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE app_rt_tried")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO app_rt_tried")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO app_rt_tried")
        cursor.execute("REVOKE INSERT ON privacy_readaudit FROM app_rt_tried")
        cursor.execute("SET LOCAL ROLE app_rt_tried")
    answer = {
        "page": lambda: hers.get(url),
        "reveal": lambda: hers.post(reverse("casework:reveal", args=[case.pk]), {"part": str(pk)}),
        "search": lambda: hers.post(reverse("casework:search"), {"text": PHONE}),
        "absent": lambda: hers.get(url.replace(str(case.pk), str(uuid4()))),
    }[way]()
    page = body(answer)
    leaked = [
        word for word in (NAME, PHONE, "138****5678", case.alias, "permission", "readaudit") if word in page
    ]
    tried(
        request=f"{way}, INSERT revoked",
        actor="caseworker",
        expected=(503, []),
        got=(answer.status_code, leaked),
    )


def browse(actor: Actor, count: int) -> list[UUID]:
    owners = [uuid4() for _ in range(count)]
    with request_scope():
        write_reads(
            actor=actor, action=Action.READ, purpose=Purpose.CASEWORK,
            reads=[(one, "casework_person", [one], ["name"]) for one in owners],
        )  # fmt: skip
    return owners


@pytest.mark.attack("T98")
def test_who_opens_two_hundred_cases_in_ten_minutes_is_slowed_and_the_leader_told(
    case: Case, hers: Client, worker: Actor, tried: Tried
) -> None:
    most = limits()[0].most
    browse(worker, most - 1)
    last = hers.get(case.get_absolute_url()).status_code
    slowed = [hers.get(case.get_absolute_url()) for _ in range(2)]
    got = (most, last, [answer.status_code for answer in slowed], [row.outcome for row in rows_of(slowed[0])])
    tried(
        request="GET /cases/<id> ×200",
        actor="caseworker",
        expected=(200, 200, [429, 429], ["slowed"]),
        got=got,
    )
    other = people.signed_in(Client(), people.a_caseworker()).get(case.get_absolute_url()).status_code
    alerts = list(WatchAlert.objects.values_list("rule", "user", "agency"))
    assert (other, alerts) == (200, [("mass_browse", worker.user_id, worker.agency_id)])


@pytest.mark.attack("T98")
def test_opening_a_bait_case_is_told_to_the_duty_leader_on_her_first_page(
    case: Case, hers: Client, worker: Actor, tried: Tried
) -> None:
    BaitMark.objects.create(object_id=case.pk)
    hers.get(case.get_absolute_url())
    for _ in range(2):
        seal_register()
    leader = people.signed_in(Client(), people.a_lead())
    told = "查阅预警" in body(leader.get(reverse("casework:today")))
    page = body(leader.get("/reads/alerts"))
    alert = WatchAlert.objects.exclude(rule="out_of_hours").get()
    got = (told, alert.rule, alert.user == worker.user_id, "诱饵" in page, NAME in page)
    tried(
        request="GET the bait case", actor="caseworker", expected=(True, "bait", True, True, False), got=got
    )
    leader.post(
        "/reads/alerts/seen", {"alert": [str(one) for one in WatchAlert.objects.values_list("pk", flat=True)]}
    )
    assert "条查阅预警" not in body(leader.get(reverse("casework:today")))


@pytest.mark.attack("T09")
def test_a_guesser_is_slowed_too(hers: Client, worker: Actor, tried: Tried) -> None:
    with request_scope():
        write_reads(
            actor=worker, action=Action.OPEN, purpose=Purpose.UNSTATED, outcome="denied",
            reads=[(None, "", [uuid4()], ()) for _ in range(limits()[1].most)],
        )  # fmt: skip
    got = hers.get(reverse("casework:case", args=[uuid4()])).status_code
    tried(
        request="GET /cases/<random id> after a hundred refusals", actor="caseworker", expected=429, got=got
    )


@pytest.mark.attack("T12")
def test_who_looks_up_too_many_in_an_hour_is_told_of_and_still_takes_calls(tried: Tried) -> None:
    operator = people.an_operator()
    inside, most = people.signed_in(Client(), operator), limits()[2].most
    call = answer_call(actor=operator, now=timezone.now())
    with request_scope():
        record_read(
            actor=operator,
            action=Action.SEARCH,
            owner=None,
            table="",
            object_ids=[],
            fields=(),
            purpose=Purpose.SEARCH,
        )
    row = ReadAudit.objects.get(action="search")
    ReadAudit.objects.bulk_create(
        ReadAudit(**{one.attname: getattr(row, one.attname) for one in ReadAudit._meta.concrete_fields}
                  | {"id": uuid4(), "request_id": uuid4()}) for _ in range(most - 2)
    )  # fmt: skip
    search, desk = reverse("casework:search"), reverse("hotline:people", args=[call.pk])
    before = [inside.post(search, {"text": "13900000000"}).status_code, WatchAlert.objects.count()]
    after = [
        inside.post(search, {"text": "13900000000"}).status_code,
        inside.post(desk, {"who": "王小明"}).status_code,
    ]
    told = list(WatchAlert.objects.exclude(rule="out_of_hours").values_list("rule", "user"))
    tried(
        request=f"POST a search, then one at the desk, after {most} in an hour", actor="operator",
        expected=([200, 0], [429, 200], [("look_ups", operator.user_id)]), got=(before, after, told),
    )  # fmt: skip


def test_hours_are_of_the_role_and_of_the_place(worker: Actor) -> None:
    def at(text: str, role: str) -> Fresh:
        moment = timezone.make_aware(timezone.datetime.fromisoformat(f"2026-03-05T{text}"))  # type: ignore[attr-defined]
        user, agency, some = worker.user_id, worker.agency_id, uuid4()
        return Fresh(some, some, b"", user, role, agency, moment, some, [], "read", "ok", some)

    late = hours()["caseworker"][1].isoformat()
    look([at("12:00", "caseworker"), at("03:00", "operator")])
    before = WatchAlert.objects.count()
    look([at(late, "caseworker"), at(late, "caseworker")])
    assert (before, list(WatchAlert.objects.values_list("rule", flat=True))) == (0, ["out_of_hours"])


def test_an_alert_about_another_body_goes_to_the_federation_of_the_place() -> None:
    policeman, leader = people.a_policeman(), people.a_lead()
    marked = browse(policeman, 1)
    BaitMark.objects.create(object_id=marked[0])
    seal(timezone.now(), then=look)
    assert list(WatchAlert.objects.values_list("agency", flat=True)) == [leader.agency_id]


# The auditor's page


def test_the_auditor_finds_by_person_case_action_result_and_day(
    case: Case, hers: Client, worker: Actor
) -> None:
    other = people.a_caseworker()
    hers.get(case.get_absolute_url())
    people.signed_in(Client(), other).get(reverse("casework:case", args=[uuid4()]))
    auditor = people.signed_in(Client(), people.an_auditor())
    today = timezone.localdate().isoformat()
    asked = [
        {"person": str(other.user_id)}, {"case": str(case.pk)}, {"case": str(case.pk)[:8]}, {"action": "read"},
        {"outcome": "denied"}, {"day": today}, {"day": "2020-01-01"}, {"person": "x", "case": "y", "day": "z"},
    ]  # fmt: skip
    found = [len(auditor.get("/reads", one).context["reads"]) for one in asked]
    assert found == [1, 2, 2, 1, 1, 3, 0, 3]


def test_the_auditor_sees_how_far_the_register_was_checked_and_where_it_is_not_whole(worker: Actor) -> None:
    auditor = people.signed_in(Client(), people.an_auditor())
    browse(worker, 3)
    pages = []
    sign_register()
    pages.append(body(auditor.get("/reads")))
    check_new_rows()
    pages.append(body(auditor.get("/reads")))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE privacy_readaudit SET purpose = 'audit'")
        cursor.execute("SET session_replication_role = origin")
    check_register()
    pages.append(body(auditor.get("/reads")))
    words = ("尚未核对", "核对至第 3 条", "最早出现在第 1 条")
    assert [word in page for word, page in zip(words, pages, strict=True)] == [True] * 3
    check_new_rows()
    assert AuditChain.objects.get(chain=worker.agency_id).fault == "changed"


def test_the_auditor_sees_no_personal_data(case: Case, hers: Client) -> None:
    hers.post(reverse("casework:reveal", args=[case.pk]), {"part": str(Person.objects.get(case=case).pk)})
    page = body(people.signed_in(Client(), people.an_auditor()).get("/reads"))
    assert (str(case.pk)[:8] in page, [word for word in (NAME, PHONE, case.alias, case.reference) if word in page]) == (
        True, [],
    )  # fmt: skip


def test_a_row_of_the_register_can_be_written_for_anything_that_has_a_code(worker: Actor) -> None:
    record_read(
        actor=worker, action=Action.BREAK_GLASS, owner=uuid4(), table="casework_case", object_ids=[], fields=(),
        purpose=Purpose.CASEWORK,
    )  # fmt: skip
    assert ReadAudit.objects.get().get_action_display() == "紧急查阅"
