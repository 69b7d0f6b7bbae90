"""What a seat opens, that it opens nothing else, and that it ends with its day."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from monitor.models import PlanReport, Proposal, Publication, Seat, Value
from tests.monitor.rounds import (
    a_chair,
    a_paper,
    a_plan_report,
    a_proposal,
    a_record,
    a_round,
    an_early_warning,
    bureau,
    collecting,
    health,
    office,
    published,
)
from tests.people import a_supervisor, an_actor, an_agency, district, signed_in
from workflow.engine import NotAllowed, open_moves, perform

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def seated(group: str, until: int | None = None) -> Actor:
    """A liaison of an office that reports nothing, with a seat until so many days from now."""
    one = an_actor(Role.LIAISON, an_agency(AgencyKind.PARTNER, f"扎赉诺尔区{group}成员单位"))
    ends = None if until is None else TODAY() + timedelta(days=until)
    Seat.objects.create(
        area=district(), group=group, user_id=one.user_id, starts_on=TODAY() - timedelta(days=9), ends_on=ends
    )
    return one


def opens(actor: Actor, *paths: str) -> list[int]:
    client = signed_in(Client(), actor)
    return [client.get(path).status_code for path in paths]


def moves(obj: Any, actor: Actor) -> set[str]:
    return {found.move.name for found in open_moves(obj, actor)}


def test_the_monitoring_group_sees_rounds_and_writes_reports_and_no_exact_value() -> None:
    one, submission = collecting()
    member, report = seated("monitoring"), a_plan_report()
    assert opens(
        member, one.get_absolute_url(), report.get_absolute_url(), submission.get_absolute_url()
    ) == [200, 200, 404]
    assert (moves(report, member), moves(one, member)) == ({"write"}, set())
    assert Value.objects.visible_to(member).count() == 0
    page = signed_in(Client(), member).get("/plan/seat/").content.decode()
    assert one.title() in page and report.title() in page and "监测组" in page


def test_the_evaluation_group_reads_papers_and_writes_no_annual_report() -> None:
    member, paper, report = seated("evaluation"), a_paper(kind="self"), a_plan_report()
    assert opens(member, paper.get_absolute_url(), report.get_absolute_url()) == [200, 404]
    PlanReport.objects.filter(pk=report.pk).update(kind="mid_term")
    report = PlanReport.objects.get()
    assert opens(member, report.get_absolute_url()) == [200] and moves(report, member) == {"write"}
    assert moves(paper, member) == set()
    page = signed_in(Client(), member).get("/plan/seat/").content.decode()
    assert "自我评估" in page and report.title() in page


def test_the_leading_group_finds_what_it_decides_and_nobody_decides_his_own() -> None:
    chair, proposal = a_chair(), a_proposal()
    assert "评估方案" in signed_in(Client(), chair).get("/plan/seat/").content.decode()
    assert (moves(proposal, chair), moves(proposal, bureau())) == ({"approve", "refuse"}, set())
    Seat.objects.create(area=district(), group="leading", user_id=proposal.proposer_id)
    with pytest.raises(NotAllowed):
        perform(Proposal.objects.get(), "approve", actor=bureau())
    perform(proposal, "approve", actor=chair)
    assert proposal.state == "approved"


@pytest.mark.parametrize("group", ["leading", "monitoring", "evaluation", "third_party"])
def test_a_seat_that_has_ended_opens_nothing(group: str) -> None:
    report, paper, warning = a_plan_report(), a_paper(), an_early_warning()
    publication = Publication.objects.get()
    now, gone = seated(group, until=0), seated(group, until=-1)
    paths = ["/plan/seat/", f"/plan/frozen/{publication.pk}/", "/plan/proposals/"]
    reads = [200, 200, 404 if group == "third_party" else 200]
    assert (opens(now, *paths), opens(gone, *paths)) == (reads, [404] * 3)
    lives = (report.get_absolute_url(), paper.get_absolute_url(), warning.get_absolute_url())
    assert set(opens(gone, *lives)) == {404}


def test_a_seat_on_the_leading_group_that_ended_meanwhile_approves_nothing() -> None:
    one, _submission = collecting()
    chair = a_chair()
    for move in ("close", "hand_up"):
        perform(one, move, actor=bureau())
    Seat.objects.update(starts_on=TODAY() - timedelta(days=9), ends_on=TODAY() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        perform(one, "approve", actor=chair)


def test_a_third_party_reads_safe_tables_and_nothing_else() -> None:
    published()
    one = an_early_warning()
    record, outsider = (
        a_record("problem", suggestion="增加轮次", due_on="2031-01-01"),
        seated("third_party", until=30),
    )
    client = signed_in(Client(), outsider)
    table = client.get(f"/plan/frozen/{Publication.objects.get().pk}/").json()
    assert table["content"]["indicators"]["D1.02a"]["values"] == [[2025, None]]
    assert table["content"]["indicators"]["D1.02a"]["counts"] == [[2025, None, None]]
    assert opens(outsider, "/plan/", record.get_absolute_url(), one.get_absolute_url(), a_round(2024).get_absolute_url()) == [
        200, 404, 404, 404,
    ]  # fmt: skip
    assert opens(a_supervisor(), f"/plan/frozen/{Publication.objects.get().pk}/", "/plan/seat/") == [404, 404]


def test_bureau_and_office_find_their_own_desk() -> None:
    one, submission = collecting()
    from_health = a_paper()
    perform(from_health, "write", actor=health(), done="完成", ahead="扩大")
    perform(from_health, "hand_in", actor=health())
    assert "妇儿工委办公室" in signed_in(Client(), office()).get("/plan/seat/").content.decode()
    perform(one, "close", actor=bureau())
    page = signed_in(Client(), bureau()).get("/plan/seat/").content.decode()
    assert one.title() in page and submission.title() not in page
