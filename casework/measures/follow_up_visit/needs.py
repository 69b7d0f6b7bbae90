"""What a visit needs before a step. Each sees the visit with the step's fields already filled in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from agencies.kinds import AgencyKind
from casework.codes import Danger
from casework.measures.follow_up_visit.codes import Answer, Basis
from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.follow_up_visit.models import FollowUpVisit

ANOTHER_CHANNEL = 2  # attempts of our own before others are asked: house policy


@need(
    _(
        "Ask first whether it is safe to talk. If it is not, choose “Not safe to talk now” and set another time."
    ),
    law="P15",
)
def safe_to_talk(visit: "FollowUpVisit") -> bool:
    return visit.safe_to_talk


@need(_("New violence was reported: write down what happened."), law="F05")
def violence_described(visit: "FollowUpVisit") -> bool:
    return bool(visit.account) or visit.new_violence != Answer.YES


@need(
    _("The last visit of an order goes to the court signed by her: have it signed, or say why it is not."),
    law="P16",
)
def signed_or_explained(visit: "FollowUpVisit") -> bool:
    return visit.basis != Basis.ORDER_END or visit.signed or bool(visit.asked.get("unsigned"))


@need(_("Set a time that is still to come."))
def later_time(visit: "FollowUpVisit") -> bool:
    return visit.due_at is not None and visit.due_at > visit.moment


@need(
    _("Try another safe channel first: only after two attempts of our own is somebody else asked."), law="P15"
)
def other_channel_tried(visit: "FollowUpVisit") -> bool:
    """A visit that is not being traced may be handed to the committee at once; so may a woman in high danger."""
    return visit.state == "planned" or visit.attempts >= ANOTHER_CHANNEL or visit.case.danger == Danger.HIGH


@need(_("Choose the residents' or villagers' committee."), law="W13")
def committee_chosen(visit: "FollowUpVisit") -> bool:
    return visit.helper is not None and visit.helper.kind == AgencyKind.COMMITTEE


@need(_("Ask the committee first; the police at once only when the danger is high."), law="P16")
def committee_asked_or_high(visit: "FollowUpVisit") -> bool:
    return visit.helper_id is not None or visit.case.danger == Danger.HIGH


@need(_("Choose the police station."), law="P16")
def station_chosen(visit: "FollowUpVisit") -> bool:
    return visit.police_agency is not None and visit.police_agency.kind == AgencyKind.POLICE


@need(
    _("Write what they need to know: whom to look in on, what to say at the door, what not to say."),
    law="P15",
)
def brief_written(visit: "FollowUpVisit") -> bool:
    return bool(visit.brief)


def clock_of(visit: "FollowUpVisit") -> str:
    """Which clock watches over a visit. The last visit of an order and the first after closing have the clock of
    the order and of the case itself; a week after closing is guidance besides."""
    match visit.basis:
        case Basis.ORDER:
            return "ppo_wf_periodic_visit"
        case Basis.ORDER_END:
            return ""
        case Basis.CLOSING if visit.round != 1:
            return "wf_post_close_follow_up"
        case Basis.CLOSING:
            return "follow_up_one_week_guidance" if visit.within_a_week() else ""
    return "wf_planned_visit"


def runs(clock: str) -> Callable[["FollowUpVisit"], bool]:
    return lambda visit: clock_of(visit) == clock
