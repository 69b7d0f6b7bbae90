"""What a round, a submission and a warning need before they go on."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from monitor.models import EarlyWarning, Inspection, PlanReport, Round, Submission, UnitPaper


@need(_("Say first which unit reports which indicator."))
def somebody_reports(one: "Round") -> bool:
    return one.reporters().exists()


@need(_("Another round of this year is not published yet: end it first."))
def no_other_open(one: "Round") -> bool:
    return not one.open_besides().exists()


@need(_("Annual values are collected once the year is over."))
def year_is_over(one: "Round") -> bool:
    return one.year is not None and one.year < timezone.localdate(one.moment).year


@need(_("There is a round of this kind for this year."))
def only_round(one: "Round") -> bool:
    return not one.twins().exists()


@need(_("The day must not lie in the past."))
def due_ahead(one: "Round | EarlyWarning | UnitPaper | Inspection") -> bool:
    return one.due_on is not None and one.due_on >= timezone.localdate(one.moment)


@need(_("Some units have handed in and wait to be accepted or given back."))
def nothing_unchecked(one: "Round") -> bool:
    return not one.submissions.filter(state="handed_in").exists()


@need(_("Nobody sits in the leading group: enter its members first."))
def leading_group_known(one: "Round | PlanReport") -> bool:
    return bool(one.leading_now())


@need(_("The round takes no reports now."))
def round_takes_reports(one: "Submission") -> bool:
    return one.round.state in ("collecting", "validating")


@need(_("The round is no longer open."))
def round_is_open(one: "Submission") -> bool:
    return one.round.state in ("collecting", "validating")


@need(_("Some indicators have no answer yet. Unknown and not applicable are answers too."))
def everything_answered(one: "Submission") -> bool:
    return not one.unanswered()


@need(_("The next value is not published yet: it shows whether the response worked."))
def next_value_known(one: "EarlyWarning") -> bool:
    return one.latest_year > one.year


@need(_("The dictionary was changed and the leading group has not approved it: propose it first."))
def dictionary_approved(one: "Round") -> bool:
    return one.dictionary_in_force()
