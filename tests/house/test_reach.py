"""Every address of the product, asked for with the id of every kind of object: what opens for whom."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID
from zlib import crc32

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import User
from agencies.need_to_know import Recusal, routes
from casework import services
from casework.models import Case
from hotline.models import Call
from tests.casework.cases import NAME, PHONE, a_case, a_child, with_victim
from tests.house.makers import MAKERS
from tests.people import a_caseworker, an_actor, federation, signed_in
from workflow.registry import lives

pytestmark = pytest.mark.django_db
DOOR = {
    "home", "set_language", "agencies:sign_in", "agencies:sign_out", "agencies:renew", "agencies:extend",
    "agencies:choose_posting", "agencies:password", "agencies:prove", "law",
    "agencies:provider", "agencies:provider_back",
    "agencies:second_step", "agencies:passkey_question", "agencies:security", "agencies:new_app", "agencies:confirm_app",
    "agencies:new_passkey_question", "agencies:new_passkey", "agencies:remove_factor", "agencies:new_recovery",
    "agencies:end_session",
}  # fmt: skip
# Pages without an account: whoever is signed in may open them too.
PUBLIC = {
    "mandatory_report:start", "mandatory_report:public", "mandatory_report:status", "hand_over:enter",
    "monitor:public", "monitor:methods",
}  # fmt: skip
OPEN_TO = {
    Role.SUPERVISOR: {"indicators:overview", "indicators:releases", "monitor:board", "monitor:target"},
    Role.AUDITOR: {"agencies:reads", "agencies:alerts", "agencies:alerts_seen"},
    Role.ADMINISTRATOR: {
        "agencies:people", "agencies:new_person", "agencies:person", "agencies:end_posting", "agencies:set_active",
        "agencies:reset_password", "agencies:agencies", "agencies:new_agency", "agencies:agency",
        "agencies:networks", "agencies:end_all_sessions", "agencies:ask_factor_reset", "agencies:decide_factor_reset",
        "agencies:alerts", "agencies:alerts_seen", "agencies:link_provider",
    },
}  # fmt: skip


def addresses(
    resolver: URLResolver | None = None, space: str = ""
) -> Iterator[tuple[str, dict[str, Any], tuple[Role, ...]]]:
    """(name, converters by parameter, the roles its view lets in) of every named address."""
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver):
            inner = f"{space}{part.namespace}:" if part.namespace else space
            yield from addresses(part, inner)
        elif isinstance(part, URLPattern) and part.name:
            yield f"{space}{part.name}", dict(part.pattern.converters), getattr(part.callback, "roles", ())


def everything() -> Case:
    """One case with a part of every kind, and one object of every life."""
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker)
    services.ask_to_read(a_child(case, worker), actor=worker, why="contact")
    services.record_incident(case, actor=worker, forms=["physical"])
    services.record_happening(case, actor=worker, kind="police_reported")
    services.add_note(case, actor=worker, text="记录")
    services.open_task(case, actor=worker, kind="call_back")
    services.register_evidence(case, actor=worker, kind="E5", title="照片")
    services.write_safety_plan(case, actor=worker, text="方案", steps=["police"])
    services.set_safe_contact(case, actor=worker, phone=PHONE)
    services.record_reporter(case, actor=worker, name="报告人")
    for key, make in MAKERS.items():
        make(lives()[key].flow.start)
    return case


def ids() -> list[tuple[str, UUID]]:
    """(room, id) of the newest row of every live table with such an id."""
    found = []
    for model in scoped():
        if isinstance(model._meta.pk, models.UUIDField):
            found += [(model._meta.app_label, pk) for pk in newest(model)]
    return found


def newest(model: type[models.Model]) -> list[UUID]:
    return list(model._default_manager.values_list("pk", flat=True).order_by("-pk")[:1])


def some(known: list[tuple[str, UUID]], name: str) -> list[UUID]:
    """Every id of the address's own room; of the others each eighth, another eighth for each address."""
    room = name.partition(":")[0]
    others = [pk for app, pk in known if app != room]
    return [pk for app, pk in known if app == room] + others[crc32(name.encode()) % 8 :: 8]


def spelled(name: str, params: dict[str, Any], case: Case, known: list[UUID]) -> Iterator[str]:
    """The address with every id in its last place, the case in the others; with every flow and move, and an id of that flow."""
    uuids = [one for one, converter in params.items() if type(converter).__name__ == "UUIDConverter"]
    others = [one for one in params if one not in uuids]
    product = {key: model for key, model in lives().items() if not model.__module__.startswith("tests.")}
    flows = {key: [move.name for move in model.flow] for key, model in product.items()}
    words: list[dict[str, str]] = [{}]
    if "flow" in others:
        words = [
            {"flow": key} | ({"name": moves[0]} if "name" in others else {}) for key, moves in flows.items()
        ]
    elif others:
        words = [{one: "2026" if one == "year" else "cases_opened" for one in others}]
    for word in words:
        fitting = [case.pk, *newest(lives()[word["flow"]])] if "flow" in word else known
        for last in fitting if uuids else [None]:
            given: dict[str, Any] = dict.fromkeys(uuids[:-1], case.pk) | ({uuids[-1]: last} if uuids else {})
            yield reverse(name, kwargs=given | word)


@pytest.mark.parametrize("role", OPEN_TO)
def test_who_has_nothing_to_do_with_cases_reaches_none_by_any_address(role: Role, settings: Any) -> None:
    settings.WATCH_SLOWS = False  # else a hundred refusals would hide what the next address says
    case = everything()
    client, known = signed_in(Client(), an_actor(role, federation())), ids()
    opened, told = set(), []
    for name, params, roles in addresses():
        if name in DOOR:
            continue
        # A view that lets this role in, or does not say whom, is tried with many ids; any other with the case's own.
        tried = [case.pk, *some(known, name)] if role in roles or not roles else [case.pk]
        for url in spelled(name, params, case, tried):
            for answer in (client.get(url), *([client.post(url)] if role in roles else [])):
                if answer.status_code not in {404, 405}:
                    opened.add(name)
                body = answer.content.decode(errors="replace")
                told += [(url, word) for word in (case.reference, case.alias, NAME, PHONE) if word in body]
    assert (opened - OPEN_TO[role] - PUBLIC, told) == (set(), [])


def scoped() -> list[type[models.Model]]:
    """Every table of the product whose rows are reached through a scope."""
    ours = [model for model in apps.get_models() if not model.__module__.startswith("tests.")]
    return [model for model in ours if hasattr(model._default_manager, "visible_to")]


def cost(actor: Actor) -> dict[str, int]:
    found = {}
    for model in scoped():
        with CaptureQueriesContext(connection) as asked:
            list(model._default_manager.visible_to(actor))  # type: ignore[attr-defined]
        found[model._meta.label] = len(asked)
    return found


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.LEAD, Role.SUPERVISOR])
def test_what_one_may_see_costs_one_query_for_one_row_and_for_three(role: Role) -> None:
    actor = an_actor(role, federation())
    everything()
    for_one = cost(actor)
    everything()
    everything()
    assert (cost(actor), max(for_one.values())) == (for_one, 1)  # none where nothing may be seen


def test_nothing_of_a_case_is_visible_to_a_supervisor() -> None:
    everything()
    actor = an_actor(Role.SUPERVISOR, federation())
    seen = {m._meta.label for m in scoped() if m._default_manager.visible_to(actor).exists()}  # type: ignore[attr-defined]
    assert seen == set()


# Tables that are about no case and no call: nobody can be recused from them.
OF_NO_FILE = {
    "bulletin.Bulletin", "casework.Canary", "casework.Export",
    "follow_up_visit.Cadence", "joint_meeting.JointMeeting", "joint_meeting.Resolution",
    "monitor.EarlyWarning", "monitor.Inspection", "monitor.PlanRecord", "monitor.PlanReport", "monitor.Proposal",
    "monitor.Round", "monitor.Submission",
    "monitor.UnitPaper", "monitor.Value", "registers.Event", "registers.Expert", "registers.MonthRecord", "registers.Unit",
    "screening_round.ScreeningRound", "shelter_stay.Place", "shelter_stay.ShelterSite",
}  # fmt: skip


def test_a_recused_leader_sees_no_row_of_any_table_that_belongs_to_a_case() -> None:
    everything()
    closed, other = an_actor(Role.LEAD, federation()), an_actor(Role.LEAD, federation())
    user = User.objects.get(pk=closed.user_id)
    files = {*Case.objects.values_list("pk", flat=True), *Call.objects.values_list("pk", flat=True)}
    for file in files:
        Recusal.objects.create(subject_id=file, user=user, why="relative", entered_by=user)
    of_files = [model for model in scoped() if routes(model)]
    assert {model._meta.label for model in scoped()} - {model._meta.label for model in of_files} == OF_NO_FILE
    seen = [{m._meta.label for m in of_files if m._default_manager.visible_to(actor).exists()} for actor in (closed, other)]  # type: ignore[attr-defined]  # fmt: skip
    assert (seen[0], len(seen[1]) > 25) == (set(), True)
