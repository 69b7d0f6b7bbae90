"""What a call needs before it may be closed one way or another."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hotline.codes import NO_DATA, Safety
from workflow.table import need

if TYPE_CHECKING:
    from hotline.models import Call


@need(_("Ask first whether the caller is safe now: 1 safe, 2 not safe, 3 cannot speak."))
def safety_asked(call: "Call") -> bool:
    return bool(call.safety)


@need(
    _("Tell the caller about the protection order first, or note that it could not be said."),
    law="P13",
)
def rights_told(call: "Call") -> bool:
    return (
        call.rights_informed
        or call.safety == Safety.CANNOT_SPEAK
        or bool(call.rights_not_told_reason)
        or not call.is_violence
    )


@need(_("Choose the case first."))
def case_linked(call: "Call") -> bool:
    return call.case_id is not None


@need(_("Only silent, hung-up, abusive, wrong-number and thank-you calls are closed without a record."))
def kind_without_data(call: "Call") -> bool:
    return call.kind in NO_DATA
