"""Setting a suggestion aside, with a reason; and taking that back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.models import Case, SetAside
from casework.services.cases import reach


@transaction.atomic
def set_hint_aside(case: Case, *, actor: Actor, code: str, law: str, reason: str) -> SetAside:
    """It is not shown again until something new happens in the case, or until somebody takes this back."""
    case = reach(case, actor=actor)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is not followed.")})
    row = SetAside(case=case, code=code, law=law, reason=reason, set_by_id=actor.user_id)
    row.acting(actor).save()
    return row


@transaction.atomic
def take_hint_back(case: Case, *, actor: Actor, code: str) -> None:
    case = reach(case, actor=actor)
    for row in case.setasides.select_for_update().filter(code=code, taken_back_at=None):
        row.taken_back_at = timezone.now()
        row.acting(actor).save()
