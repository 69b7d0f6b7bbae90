"""What becomes of a finding: a case, or a reason why not."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.actor import Actor
from casework.codes import Channel
from casework.measures.screening_round.models import Method, ScreeningCheck
from casework.models import Case
from casework.services import open_case
from privacy.audit import Purpose
from privacy.reading import reveal
from workflow.errors import NotVisible


def _waiting(check: ScreeningCheck, actor: Actor) -> ScreeningCheck:
    """The finding, locked; NotVisible for a foreign one."""
    rows = ScreeningCheck.objects.visible_to(actor).select_for_update(of=("self",))
    found: ScreeningCheck | None = rows.filter(pk=check.pk).select_related("round").first()
    if found is None:
        raise NotVisible
    return found


@transaction.atomic
def open_case_from(check: ScreeningCheck, *, actor: Actor) -> Case:
    """A case with what was found as its cause; the same case when asked again."""
    check = _waiting(check, actor)
    if check.case is not None:
        return check.case
    if not check.waits:
        raise ValidationError(_("This entry is no finding that waits for a case."))
    told = reveal(check, "account", actor=actor, purpose=Purpose.CASEWORK)["account"]
    channel = Channel.GRID if check.round.method == Method.GRID else Channel.WF_VISIT
    check.case = open_case(
        actor=actor, channel=channel, area=check.round.area, cause=told, key=f"screening-{check.pk}"
    )
    check.acting(actor).save()
    return check.case


@transaction.atomic
def set_aside(check: ScreeningCheck, *, actor: Actor, why: str) -> ScreeningCheck:
    """No case: she is known already, or does not wish it. The reason stays."""
    check = _waiting(check, actor)
    if not why.strip():
        raise ValidationError(_("Say why no case is opened."))
    if check.waits:
        check.set_aside_at, check.set_aside_why = timezone.now(), why
        check.acting(actor).save()
    return check
