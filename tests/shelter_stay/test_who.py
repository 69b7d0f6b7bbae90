"""Who may do what, and who may know of what. F caseworker, O operator, C civil affairs."""

from uuid import uuid4

import pytest

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.shelter_stay.models import Place, ShelterEntry, ShelterSite, ShelterStay
from casework.measures.shelter_stay.workflow import FLOW
from tests.people import (
    a_caseworker,
    a_lead,
    a_policeman,
    an_administrator,
    an_auditor,
    another_federation,
    civil_affairs,
)
from tests.shelter_stay.stays import a_place, a_warden, inside, requested
from workflow.engine import NotVisible, perform

MATRIX = {
    "wish": "FO", "request": "FO", "check": "CF", "admit": "CF", "take_into_care": "CF", "no_place": "CF",
    "file_longer": "CF", "write_down": "C", "change_place": "C", "leave": "CF", "hand_over": "CF", "drop": "F",
}  # fmt: skip


def people() -> dict[str, Actor]:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    return {
        "C": of(AgencyKind.CIVIL_AFFAIRS, Role.LIAISON),
        "F": of(AgencyKind.FEDERATION, Role.CASEWORKER),
        "O": of(AgencyKind.FEDERATION, Role.OPERATOR),
        "police": of(AgencyKind.POLICE, Role.LIAISON),
        "court": of(AgencyKind.COURT, Role.LIAISON),
        "supervisor": of(AgencyKind.FEDERATION, Role.SUPERVISOR),
        "auditor": of(AgencyKind.FEDERATION, Role.AUDITOR),
        "administrator": of(AgencyKind.FEDERATION, Role.ADMINISTRATOR),
    }


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: object) -> None:
    may = {letter for letter, actor in people().items() if move.who(actor)}  # type: ignore[attr-defined]
    assert may == set(MATRIX[move.name])  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_only_the_shelter_itself_knows_its_sites_places_and_registers() -> None:
    warden = a_warden()
    stay = inside(warden, place=a_place(warden))
    perform(stay, "write_down", actor=warden, entry="out")
    others = [
        a_caseworker(), a_lead(), a_policeman(), an_auditor(), an_administrator(), a_warden(civil_affairs("满洲里市民政局")),
    ]  # fmt: skip
    models = (ShelterSite, Place, ShelterEntry)
    seen = [model.objects.visible_to(actor).count() for actor in others for model in models]
    assert (set(seen), [model.objects.visible_to(warden).count() for model in models]) == ({0}, [1, 1, 1])


@pytest.mark.django_db
def test_a_draft_is_not_yet_the_shelters() -> None:
    warden, worker = a_warden(), a_caseworker()
    stay = requested(worker)
    perform(stay, "drop", actor=worker, reason="她改去姐姐家")
    assert (
        ShelterStay.objects.visible_to(warden).count(),
        ShelterStay.objects.visible_to(worker).count(),
    ) == (0, 1)


@pytest.mark.django_db
def test_another_shelter_and_another_federation_know_nothing() -> None:
    stay = requested()
    for actor in (
        a_warden(civil_affairs("满洲里市民政局")),
        a_caseworker(another_federation()),
        a_policeman(),
    ):
        with pytest.raises(NotVisible):
            perform(stay, "check", actor=actor)
