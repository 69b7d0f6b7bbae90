"""The laws of every table that is installed. A new life is under them as soon as it stands in settings."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.template.loader import get_template
from django.utils import translation

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from tests.house.makers import MAKERS
from tests.house.test_messages import entries, is_done
from tests.house.test_messages import key as key_of
from tests.workflow.force import force_state
from workflow.engine import NotAllowed, NotNow, NotVisible, open_moves, perform
from workflow.models import LifeModel, StepRecord
from workflow.registry import lives
from workflow.rules import rule_data
from workflow.table import STAY, Move

LIVES = lives()
ROWS = [(key, move.name) for key, model in LIVES.items() for move in model.flow]
PRODUCT = [key for key, model in LIVES.items() if not model.__module__.startswith("tests.")]


def row(key: str, name: str) -> tuple[type[LifeModel], Move]:
    return LIVES[key], LIVES[key].flow.move(name)


def everybody() -> list[Actor]:
    """The clocks, a liaison of every kind of body, and every other role in two kinds."""
    others = [role for role in Role if role not in {Role.SYSTEM, Role.LIAISON}]
    posts = [(Role.LIAISON, kind) for kind in AgencyKind]
    posts += [(role, kind) for role in others for kind in (AgencyKind.FEDERATION, AgencyKind.COURT)]
    return [SYSTEM, *(Actor(uuid4(), None, uuid4(), kind, role) for role, kind in posts)]


def refusal(obj: LifeModel, move: str, actor: Actor) -> str:
    """How the engine answers, by name; a move that goes through is named as such."""
    try:
        perform(obj, move, actor=actor)
    except Exception as error:
        return type(error).__name__
    return "made"


def test_every_life_can_be_made_for_these_laws() -> None:
    assert sorted(MAKERS) == sorted(LIVES)


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "name"), ROWS)
def test_a_move_is_refused_from_every_state_its_row_does_not_name(key: str, name: str) -> None:
    model, move = row(key, name)
    others = [state for state in model.flow.states.values if state not in move.frm]
    obj = MAKERS[key](model.flow.start)
    answers = {state: refusal(force_state(obj, state), name, SYSTEM) for state in others}
    assert answers == dict.fromkeys(others, NotNow.__name__)


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "name"), ROWS)
def test_a_move_is_refused_to_everybody_its_row_does_not_name(key: str, name: str) -> None:
    _model, move = row(key, name)
    obj = MAKERS[key](move.frm[0])
    strangers = [actor for actor in everybody() if not move.who(actor, obj)]
    answers = {refusal(obj, name, actor) for actor in strangers}
    assert answers <= {NotAllowed.__name__, NotVisible.__name__}
    assert not StepRecord.objects.filter(obj_id=obj.pk, move=name).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("key", LIVES)
def test_a_final_state_is_left_by_no_move(key: str) -> None:
    flow = LIVES[key].flow
    leaving = [
        (move.name, state) for state in flow.final for move in flow.from_state(state) if move.to != STAY
    ]
    assert leaving == []


@pytest.mark.parametrize("key", LIVES)
def test_every_state_is_reached(key: str) -> None:
    flow = LIVES[key].flow
    seen = {flow.start}
    while more := {m.target(s) for s in seen for m in flow.from_state(s)} - seen:
        seen |= more
    assert seen == set(flow.states.values)


@pytest.mark.parametrize("key", LIVES)
def test_a_clock_that_makes_a_move_may_make_it_and_is_started(key: str) -> None:
    flow = LIVES[key].flow
    started = {start.clock for move in [flow.opening, *flow] for start in move.start_list}
    lost = [
        clock for clock, name in flow.fires.items() if not flow.move(name).who(SYSTEM) or clock not in started
    ]
    assert lost == []


@pytest.mark.parametrize("key", LIVES)
def test_every_clock_that_is_stopped_is_started_somewhere_in_the_same_life(key: str) -> None:
    flow = LIVES[key].flow
    started = {start.clock for move in [flow.opening, *flow] for start in move.start_list}
    stopped = {clock for move in [flow.opening, *flow] for clock in (*move.stops, *move.drops)}
    elsewhere = set(getattr(LIVES[key], "clocks_from_elsewhere", ()))
    assert stopped - started <= elsewhere


@pytest.mark.parametrize("key", LIVES)
def test_every_clock_has_a_name_in_both_languages(key: str) -> None:
    flow = LIVES[key].flow
    clocks = {start.clock for move in [flow.opening, *flow] for start in move.start_list}
    assert [
        clock for clock in sorted(clocks) if not all(rule_data(clock).labels.get(x) for x in ("zh", "en"))
    ] == []


@pytest.mark.parametrize("key", PRODUCT)
def test_every_word_a_worker_sees_is_chinese(key: str) -> None:
    flow = LIVES[key].flow
    moves = [flow.opening, *flow]
    words: list[Any] = [flow.label, *(state.label for state in flow.states)]
    words += [word for move in moves for word in (move.button, move.hint) if word]
    words += [need.why for move in moves for need in move.needs]
    words += [ask.label for move in moves for ask in move.asks]
    chinese = {key_of(entry)[1] for entry in entries() if is_done(entry)}
    with translation.override(None):
        assert [str(word) for word in words if str(word) not in chinese] == []


@pytest.mark.parametrize("key", LIVES)
def test_every_life_has_a_panel(key: str) -> None:
    assert get_template(LIVES[key].panel_template)


@pytest.mark.django_db
@pytest.mark.parametrize("key", LIVES)
def test_the_state_column_is_guarded_by_the_database(key: str) -> None:
    table = LIVES[key]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(tgargs, 'escape') FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE tgrelid = %s::regclass AND proname = 'workflow_guard_state' AND tgenabled = 'O'",
            [table],
        )
        starts = [str(found[0]).removesuffix("\\000") for found in cursor.fetchall()]
    assert starts == [str(LIVES[key].flow.start)]


@pytest.mark.django_db
@pytest.mark.parametrize("key", LIVES)
def test_what_is_shown_as_open_is_in_the_table(key: str) -> None:
    obj = MAKERS[key](LIVES[key].flow.start)
    for actor in everybody():
        for found in open_moves(obj, actor):
            assert obj.state in found.move.frm and found.move.who(actor, obj)


def test_the_drawings_are_fresh() -> None:
    call_command("document_workflows", check=True)
