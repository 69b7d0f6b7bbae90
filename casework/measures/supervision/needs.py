"""What a request to another body needs before it leaves the house."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.supervision.models import Supervision


@need(_("Choose the body that is asked to act."), law="L01")
def addressee_named(one: "Supervision") -> bool:
    return one.addressee_id is not None


@need(
    _(
        "This comes when no answer came in time or it was not enough: record the answer, or wait for the day it is due."
    ),
    law="L01",
)
def silent_or_inadequate(one: "Supervision") -> bool:
    return one.answers > 0 or one.reply_overdue()


@need(_("Record the written answer first."), law="L01")
def answered(one: "Supervision") -> bool:
    return one.answers > 0
