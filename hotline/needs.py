"""What a call needs before it may be closed one way or another."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.needs import STILL_OPEN
from hotline.codes import NO_DATA, Safety
from workflow.table import need

if TYPE_CHECKING:
    from hotline.models import Call


@need(_("Ask first whether the caller is safe now: 1 safe, 2 not safe, 3 cannot speak."))
def safety_asked(call: "Call") -> bool:
    return bool(call.safety)


@need(_("Tell the caller about the protection order first, or note why it could not be said."), law="P13")
def rights_told(call: "Call") -> bool:
    """Where every second counts she is brought to safety first; her case then owes her the explanation."""
    return (
        call.rights_informed
        or call.safety in (Safety.UNSAFE, Safety.CANNOT_SPEAK)
        or call.rights_not_told_reason is not None
        or not call.is_violence
    )


@need(
    _("The caller is in danger: open a case, or hand the call to the duty leader, who decides and says why."),
    law="F03",
)
def not_in_danger(call: "Call") -> bool:
    return not call.in_danger


@need(_("Somebody is in danger here: this call has to leave a record. Open a case."), law="F03")
def nobody_in_danger(call: "Call") -> bool:
    return not call.in_danger


@need(_("Choose the case first."))
def case_linked(call: "Call") -> bool:
    return call.case_id is not None


@need(_("This case is closed: reopen it first, or open a new one."))
def case_still_open(call: "Call") -> bool:
    return call.case is None or call.case.state in STILL_OPEN


@need(_("Only silent, hung-up, abusive, wrong-number and thank-you calls are closed without a record."))
def kind_without_data(call: "Call") -> bool:
    return call.kind in NO_DATA
