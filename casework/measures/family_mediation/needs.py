"""What a mediation needs before a step. Where there is danger there is none."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.codes import Danger, Matter
from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.family_mediation.models import FamilyMediation

WITHOUT_VIOLENCE = frozenset({Matter.MARRIAGE, Matter.PROPERTY, Matter.OTHER})


@need(
    _(
        "The danger is high: mediation and persuasion to make up are not allowed. Stop it, and see to her safety first."
    ),
    law="F03",
)
def danger_not_high(mediation: "FamilyMediation") -> bool:
    return mediation.danger_now() != Danger.HIGH


@need(_("Violence is told of in this case: assess the danger before mediation is thought of."), law="F03")
def danger_known(mediation: "FamilyMediation") -> bool:
    case = mediation.case
    return case.matter in WITHOUT_VIOLENCE or mediation.danger_now() in {
        Danger.LOW,
        Danger.MEDIUM,
        Danger.HIGH,
    }


@need(_("Ask each of them alone first whether there is fear or violence, and record it."), law="F03")
def asked_apart(mediation: "FamilyMediation") -> bool:
    return mediation.asked_apart


@need(_("Both have to want it. Nobody is talked into mediation."), law="A05")
def both_willing(mediation: "FamilyMediation") -> bool:
    return mediation.both_willing


@need(
    _("There are signs of violence or fear: this is no mediation any more. Convert it to a violence case."),
    law="F03",
)
def no_signs_of_violence(mediation: "FamilyMediation") -> bool:
    return mediation.asked.get("signs") is not True


@need(_("An agreement counts once both have signed it."))
def signed_by_both(mediation: "FamilyMediation") -> bool:
    return mediation.signed
