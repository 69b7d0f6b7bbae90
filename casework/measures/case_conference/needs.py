"""What a conference needs: a true ground, a day that lies ahead, and actions that are followed to their end."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.codes import Danger
from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.case_conference.models import CaseConference


@need(_("The danger scale does not say high: choose another ground, or assess the danger first."), law="F03")
def ground_fits(one: "CaseConference") -> bool:
    return one.ground != "high_danger" or one.case.danger == Danger.HIGH


@need(_("Day and hour must lie ahead."))
def lies_ahead(one: "CaseConference") -> bool:
    return one.meets_at is None or one.meets_at > one.moment


@need(_("The day by which it is to be done must not lie in the past."))
def due_not_past(one: "CaseConference") -> bool:
    due = one.asked.get("due")
    return not isinstance(due, date) or due >= timezone.localdate(one.moment)


@need(_("Record who does what by when, or say that nothing has to be done."), law="F03")
def something_agreed(one: "CaseConference") -> bool:
    return bool(one.asked.get("nothing")) or one.actions.exists()


@need(_("Some actions are not done yet: see who owes what, and ask them."), law="F03")
def all_done(one: "CaseConference") -> bool:
    return not one.actions.filter(done_at=None).exists()
