"""The pages of a case: what they show closed, what opening writes down, what a late edit keeps."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.actor import SYSTEM
from casework import services
from casework.models import Case, Person
from privacy.audit import ReadAudit
from tests.attacks.record import Tried
from tests.casework.cases import ALL_NO, ID_NUMBER, NAME, PHONE, a_case, answers, with_victim
from tests.people import a_caseworker, a_lead, an_operator, signed_in

pytestmark = pytest.mark.django_db
PERSON = {
    "role": "victim",
    "name": NAME,
    "phone": PHONE,
    "id_number": ID_NUMBER,
    "sex": "f",
    "language": "zh",
}


def text(response: Any) -> str:
    return str(response.content.decode())


def full_case(client: Client) -> tuple[Case, Person]:
    worker = a_caseworker()
    case = a_case(worker, cause="酒后动手")
    person = with_victim(case, worker, address="某小区三单元")
    services.record_incident(case, actor=worker, forms=["physical"], account="用拳头打")
    services.add_note(case, actor=worker, text="电话里哭了")
    services.record_reporter(case, actor=worker, name="赵邻居", phone="13900001111")
    services.set_safe_contact(case, actor=worker, phone=PHONE, code_word="快递")
    services.write_safety_plan(case, actor=worker, text="去姐姐家", steps=["bag"])
    services.assess_danger(case, actor=worker, answers=answers("F1"))
    signed_in(client, worker)
    return case, person


def test_the_case_page_shows_no_sealed_text(client: Client) -> None:
    case, _person = full_case(client)
    page = text(client.get(case.get_absolute_url()))
    hidden = (NAME, PHONE, ID_NUMBER, "某小区", "酒后动手", "用拳头打", "哭了", "赵邻居", "快递", "去姐姐家")
    assert [word for word in hidden if word in page] == []


def test_the_case_page_shows_alias_and_masked_number(client: Client) -> None:
    case, _person = full_case(client)
    page = text(client.get(case.get_absolute_url()))
    assert (case.alias in page, "138****5678" in page) == (True, True)


def test_high_danger_stands_on_top_with_its_article(client: Client) -> None:
    case, _person = full_case(client)
    page = text(client.get(case.get_absolute_url()))
    assert ("danger-bar" in page, "refer_to_mediation" in page) == (True, False)


def test_revealing_a_person_shows_it_once_and_is_written_down(client: Client) -> None:
    case, person = full_case(client)
    url = reverse("casework:reveal", args=[case.pk])
    shown = NAME in text(client.post(url, {"part": str(person.pk)}))
    again = NAME in text(client.get(case.get_absolute_url()))
    row = ReadAudit.objects.filter(owner=case.pk, fields__contains=["name"]).get()
    assert (shown, again, row.table, row.object_ids) == (True, False, "casework_person", [person.pk])


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("facts", "酒后动手"),
        ("incidents", "用拳头打"),
        ("notes", "哭了"),
        ("safety", "快递"),
        ("timeline", "用拳头打"),
    ],
)
def test_each_section_opens_by_itself(client: Client, part: str, word: str) -> None:
    case, _person = full_case(client)
    assert word in text(client.post(reverse("casework:reveal", args=[case.pk]), {"part": part}))


def test_the_reporter_opens_for_the_duty_leader_only(client: Client) -> None:
    case, _person = full_case(client)
    url = reverse("casework:reveal", args=[case.pk])
    refused = client.post(url, {"part": "reporter"}).status_code
    signed_in(client, a_lead())
    opened = client.post(url, {"part": "reporter"})
    assert (refused, "赵邻居" in text(opened)) == (404, True)


def test_a_duty_leader_at_anothers_case_reads_for_supervision(client: Client) -> None:
    case, person = full_case(client)
    leader = a_lead()
    services.assign_case(case, actor=leader, user_id=a_caseworker().user_id)
    signed_in(client, leader)
    client.post(reverse("casework:reveal", args=[case.pk]), {"part": str(person.pk)})
    purposes = ReadAudit.objects.filter(actor_user=leader.user_id, fields__contains=["name"])
    assert list(purposes.values_list("purpose", flat=True)) == ["supervision"]


def test_an_unknown_part_is_not_found(client: Client) -> None:
    case, _person = full_case(client)
    assert client.post(reverse("casework:reveal", args=[case.pk]), {"part": "x"}).status_code == 404


def test_who_has_read_names_people(client: Client) -> None:
    case, person = full_case(client)
    client.post(reverse("casework:reveal", args=[case.pk]), {"part": str(person.pk)})
    page = text(client.get(reverse("casework:reads", args=[case.pk])))
    assert ("工作人员" in page, NAME in page) == (True, False)


def test_a_late_edit_is_refused_and_keeps_what_was_typed(client: Client) -> None:
    case, person = full_case(client)
    url = reverse("casework:person_edit", args=[case.pk, person.pk])
    client.post(url, {**PERSON, "rev": person.rev, "work": "护士"})
    late = client.post(url, {**PERSON, "rev": person.rev, "work": "小学教师"})
    assert (late.status_code, "小学教师" in text(late)) == (409, True)


def test_an_edit_form_shows_the_revealed_values_and_says_so_in_the_audit(client: Client) -> None:
    case, person = full_case(client)
    page = text(client.get(reverse("casework:person_edit", args=[case.pk, person.pk])))
    rows = ReadAudit.objects.filter(owner=case.pk, fields__contains=["id_number"]).count()
    assert (NAME in page, rows) == (True, 1)


@pytest.mark.attack("T55")
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("id_number", "11010119900307003"),
        ("id_number", "110101199013070038"),
        ("phone", "1381234"),
        ("name", "李" * 10_000),
        ("name", "李\x00秀芝"),
        ("name", "李\u202e秀芝"),
        ("birth_year", "3025"),
        ("age", "-1"),
    ],
)
def test_bad_input_is_answered_at_the_field(client: Client, field: str, typed: str, tried: Tried) -> None:
    case, _person = full_case(client)
    answer = client.post(reverse("casework:person_add", args=[case.pk]), {**PERSON, field: typed})
    got = (answer.status_code, list(answer.context["form"].errors))
    tried(
        request=f"POST a person, {field}={typed[:9]!r}", actor="caseworker", expected=(422, [field]), got=got
    )


@pytest.mark.attack("T55")
def test_rare_characters_are_welcome(client: Client, tried: Tried) -> None:
    case, _person = full_case(client)
    answer = client.post(reverse("casework:person_add", args=[case.pk]), {**PERSON, "name": "𠮷野·阿依古丽"})
    hits = [
        hit.name for hit in client.post(reverse("casework:search"), {"text": "𠮷野·阿依古丽"}).context["hits"]
    ]
    tried(
        request="POST a person 𠮷野…, then a search",
        actor="caseworker",
        expected=(302, 1),
        got=(answer.status_code, len(hits)),
    )


@pytest.mark.parametrize("day", ["2099-01-01", "1800-01-01", "2026-02-30", ""])
def test_impossible_days_are_refused(client: Client, day: str) -> None:
    case, _person = full_case(client)
    answer = client.post(reverse("casework:incident_add", args=[case.pk]), {"precision": "day", "on": day})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["on"])


def test_the_danger_page_saves_what_was_answered(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    signed_in(client, worker)
    given = {f"a_{key}": value for key, value in ALL_NO.items()}
    answer = client.post(reverse("casework:danger", args=[case.pk]), given)
    case.refresh_from_db()
    assert (answer.status_code, case.danger, case.state) == (302, "low", "assessed")


def test_an_unanswered_scale_is_undetermined(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    signed_in(client, worker)
    given = {f"a_{key}": "unknown" for key in ALL_NO}
    client.post(reverse("casework:danger", args=[case.pk]), given)
    case.refresh_from_db()
    assert case.danger == "undetermined"


def test_a_visitor_is_taken_in(client: Client) -> None:
    signed_in(client, an_operator())
    data = {
        "channel": "walk_in", "matter": "dv", "relation": "1_spouse", "language": "zh", "victim_name": NAME,
        "victim_phone": PHONE, "forms_": ["physical"], "legal_route": "on",
    }  # fmt: skip
    answer = client.post(reverse("casework:new"), data)
    case = Case.objects.get()
    assert (answer.url.split("#")[0], case.forms, case.persons.count()) == (
        case.get_absolute_url(),
        ["physical"],
        1,
    )  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["list", "today", "due", "new"])
def test_every_list_stands_empty(client: Client, name: str) -> None:
    signed_in(client, a_caseworker())
    assert client.get(reverse(f"casework:{name}")).status_code == 200


FORMS = (
    "edit", "children", "assign", "person_add", "reporter_add", "incident_add", "danger", "safety", "safe_contact",
    "evidence_add", "note_add", "task_add", "happening_add", "reads", "case",
)  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_every_page_of_the_case_opens(client: Client, name: str) -> None:
    case, _person = full_case(client)
    response = client.get(reverse(f"casework:{name}", args=[case.pk]))
    assert (response.status_code, "<title>工作台</title>" in text(response)) == (200, True)


def test_what_the_product_did_by_itself_is_named_in_the_readers_language(client: Client) -> None:
    worker = a_caseworker()
    case = services.open_case(
        actor=SYSTEM, agency_id=worker.agency_id, matter="dv", relation="1_spouse", channel="online"
    )
    page = text(signed_in(client, worker).get(case.get_absolute_url()))
    assert ("系统" in page.split('id="timeline"')[1], "SYSTEM" in page) == (True, False)
