"""Who was heard once is not heard again without a reason; a minor is heard with care."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.interview.models import Interview


@need(_("Choose who is heard: first record the person in this case."), law="H02")
def somebody_chosen(interview: "Interview") -> bool:
    return interview.person_id is not None


@need(
    _(
        "She has been heard before, or that is planned: read what is recorded and pass it on. If she must be heard "
        "again, write down why what is recorded is not enough."
    ),
    law="H02",
)
def reason_to_hear_again(interview: "Interview") -> bool:
    return interview.of_minor or not interview.is_repeat or interview.has_reason


@need(
    _(
        "This minor has been heard before, or that is planned. A minor victim is to be heard once only, with a "
        "recording: use the recording. Only if that is impossible, write down why."
    ),
    law="M14",
)
def reason_to_hear_a_minor_again(interview: "Interview") -> bool:
    return not interview.of_minor or not interview.is_repeat or interview.has_reason


@need(
    _(
        "A minor is heard with a suitable adult present, recorded, and by a woman if it concerns sexual violence: "
        "confirm each, or write down why it was otherwise."
    ),
    law="M14",
)
def heard_with_care(interview: "Interview") -> bool:
    if not interview.of_minor or interview.asked.get("otherwise"):
        return True
    wanted = {"suitable_adult", "taped"} | ({"by_woman"} if interview.concerns_sexual_violence else set())
    return all(interview.asked.get(name) is True for name in wanted)
