"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.who import caseworker
from casework.measures.perpetrator_intervention.models import PerpetratorIntervention
from casework.models import Case
from casework.suggestions import Suggestion
from workflow.models import Deadline


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    """The notice of a letter makes legal education our duty (W14): who gives it, and was it recorded?"""
    owed = Deadline.objects.live().filter(subject_id=case.pk, clock="wl_wf_education").first()
    if owed is None or not caseworker(actor):
        return
    files = PerpetratorIntervention.objects.visible_to(actor).filter(case=case)
    if any(file.attended for file in files):
        yield Suggestion(
            _("A session was attended: record the legal education with the warning letter, so that its clock ends."),
            reverse("workflow:move", args=[owed.flow, owed.obj_id, "record_education"]), _("Record the legal education"), "W14",
        )  # fmt: skip
    elif not files:
        yield Suggestion(
            _("A warning letter stands: legal education of the perpetrator is now the federation's duty."),
            reverse("casework:open_measure", args=[case.pk, PerpetratorIntervention.flow.key]), _("Open a file for it"), "W14",
        )  # fmt: skip
