"""What records and proposals need before they go on."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from monitor.records import PlanRecord, Proposal


@need(_("A problem comes with what should be done about it and until when."))
def problem_says_what_to_do(one: "PlanRecord") -> bool:
    return one.kind != "problem" or bool(one.suggestion and one.due_on)


@need(_("The unit has not told yet how far it is."))
def owner_has_told(one: "PlanRecord") -> bool:
    return one.kind != "problem" or bool(one.progress)


@need(_("There is nothing to decide: a scheme needs a text, a dictionary must differ from the one in force."))
def something_to_decide(one: "Proposal") -> bool:
    return one.says_something()


@need(_("Another proposal of this kind still waits for the leading group."))
def nothing_else_waits(one: "Proposal") -> bool:
    return not one.twins().exists()
