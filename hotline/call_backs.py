"""Calling her back: booked only into hours in which it is safe, and refused outside them."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.actor import Actor
from agencies.models import Agency
from casework.calling import may_call
from casework.models import Case, SafeContact
from hotline.codes import CallBackState
from hotline.models import Call, CallBack

SLOT_CAPACITY = 2


def check_slot(slot: datetime | None, now: datetime) -> datetime:
    """A slot to come, on the half hour; anything else is not offered."""
    if slot is None or slot.tzinfo is None or slot <= now or slot.minute % 30 or slot.second:
        raise ValidationError(_("Choose one of the times offered."), code="no_slot")
    return slot


@transaction.atomic
def book_call_back(
    *, case: Case, slot: datetime, note: str, actor: Actor, call: Call | None = None
) -> CallBack:
    """Book a slot; refused outside her safe hours and where the desk has no hands left."""
    allowed, why, _next = may_call(SafeContact.objects.filter(case=case).first(), slot)
    if not allowed:
        raise ValidationError(str(why), code="unsafe_hours")
    _one_at_a_time(case.agency_id)
    booked = CallBack.objects.filter(slot=slot, state=CallBackState.BOOKED, case__agency_id=case.agency_id)
    if booked.count() >= SLOT_CAPACITY:
        raise ValidationError(_("This time is full. Choose another one."), code="full")
    back = CallBack(case=case, slot=slot, note=note, booked_by_id=actor.user_id, call=call)
    back.acting(actor).save()
    return back


def _one_at_a_time(agency_id: UUID) -> None:
    """Two operators booking the last place wait for each other."""
    Agency.objects.select_for_update().get(pk=agency_id)


@transaction.atomic
def settle_call_back(*, back: CallBack, state: str, actor: Actor, now: datetime) -> CallBack:
    """Note how the call-back went. Calling her outside the safe hours is refused here too."""
    if state == CallBackState.REACHED:
        allowed, why, _next = may_call(SafeContact.objects.filter(case_id=back.case_id).first(), now)
        if not allowed:
            raise ValidationError(str(why), code="unsafe_hours")
    back.state = state
    back.acting(actor).save()
    return back
