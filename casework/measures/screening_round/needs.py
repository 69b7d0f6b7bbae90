"""What a round needs: little about many, enough about those who need help."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.screening_round.models import ScreeningRound

GRAVE = frozenset({"found", "emergency"})


@need(_("The last day must not lie before the first."))
def dates_in_order(one: "ScreeningRound") -> bool:
    return one.starts_on <= one.ends_on


@need(_("Write nothing about households where nothing was found: their number is enough."), law="D05")
def text_only_for_findings(one: "ScreeningRound") -> bool:
    return one.asked.get("result") in GRAVE or not one.asked.get("account")


@need(_("Enter each household where violence was found by itself."), law="N04")
def findings_one_by_one(one: "ScreeningRound") -> bool:
    return one.asked.get("result") not in GRAVE or one.asked.get("how_many") in (None, 1)


@need(_("Say what was found, in a sentence or two: somebody must be able to help."), law="N04")
def finding_described(one: "ScreeningRound") -> bool:
    return one.asked.get("result") not in GRAVE or bool(one.asked.get("account"))


@need(_("Some findings have neither become a case nor been set aside with a reason."), law="A13")
def findings_followed_up(one: "ScreeningRound") -> bool:
    return not one.checks.filter(result__in=GRAVE, case=None, set_aside_at=None).exists()
