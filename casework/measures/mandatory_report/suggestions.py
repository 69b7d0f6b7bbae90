"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.codes import Danger, Flag, Matter
from casework.measures.mandatory_report.codes import REFUSALS, Duty, Situation
from casework.measures.mandatory_report.models import MandatoryReport
from casework.measures.mandatory_report.workflow import FLOW, S
from casework.models import Case
from casework.needs import STILL_OPEN
from casework.suggestions import Suggestion

CHILDREN = frozenset({Matter.CHILD_ABUSE, Matter.CHILD_SEXUAL_ABUSE})
FRAIL = frozenset({Flag.ELDERLY, Flag.DISABLED, Flag.ILL})


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    theirs = Q(case=case) | Q(case__joined_to=case)
    reports = list(MandatoryReport.objects.visible_to(actor).filter(theirs))
    if not reports and case.state in STILL_OPEN:
        yield from _to_report(case)
    for report in reports:
        yield from _to_go_on(report, actor)
    if case.state in STILL_OPEN and any(report.origin != "federation" for report in reports):
        yield from _to_join(case, actor)


def _to_report(case: Case) -> Iterator[Suggestion]:
    """The duty first; for an adult who could decide herself, and a child that looked on, a hint only."""
    page, button = reverse("casework:open_measure", args=[case.pk, FLOW.key]), _("Report it")
    flags = set(case.flags)
    if Flag.MINOR in flags or case.matter in CHILDREN:
        text = _("A minor is harmed, and no report to the police is recorded.")
        yield Suggestion(text, f"{page}?duty={Duty.MINOR}", button, "M2", True, firm=True)
    elif Flag.INCAPABLE in flags:
        text = _("A person without full capacity is harmed, and no report to the police is recorded.")
        yield Suggestion(text, f"{page}?duty={Duty.INCAPABLE}", button, "F04", True, firm=True)
    elif Flag.COERCED in flags or (flags & FRAIL and case.danger == Danger.HIGH):
        text = _("She may be unable to report it herself: think of reporting for her.")
        yield Suggestion(text, f"{page}?duty={Duty.UNABLE}", button, "M9")
    if not (Flag.MINOR in flags or case.matter in CHILDREN) and _child_was_there(case):
        text = _(
            "A child was there when it happened: is one of the nine situations met? A suspicion is enough."
        )
        url = f"{page}?duty={Duty.MINOR}&situations={Situation.MR9}"
        yield Suggestion(text, url, button, "M3", case.danger == Danger.HIGH)


def _child_was_there(case: Case) -> bool:
    return case.incidents.filter(children_present=True).exists()


def _to_go_on(report: MandatoryReport, actor: Actor) -> Iterator[Suggestion]:
    def move(name: str) -> str:
        return reverse("workflow:move", args=[FLOW.key, report.pk, name])

    if report.state == S.FOUND:
        yield Suggestion(
            _("A mandatory report waits: tell the police now."),
            move("report"),
            _("Reported to the police"),
            "M2",
            True,
            firm=True,
        )
    if report.state == S.PROPOSED and actor.user_id != report.proposed_by:
        text = _("A decision not to report waits for a second signature; the clock runs on.")
        yield Suggestion(text, report.get_absolute_url(), _("Look at it"), "M0", True, firm=True)
    if report.feedback in REFUSALS and report.procuratorate_id is None and report.state != S.CLOSED:
        yield Suggestion(
            _("The police did not file a reported harm: the procuratorate can supervise that."),
            move("send_clue"),
            _("Send a clue"),
            "M6",
        )


def _to_join(case: Case, actor: Actor) -> Iterator[Suggestion]:
    """Never joined in silence: a worker looks whether it is the same person."""
    known = case.perhaps_same(actor).order_by("created_at").first()
    if known is not None:
        text = _("The person reported may be the one of case %(reference)s. Look, then join the two.")
        url = reverse("workflow:move", args=["case", case.pk, "join"])
        yield Suggestion(text % {"reference": known.reference}, url, _("Join the cases"), "F01")
