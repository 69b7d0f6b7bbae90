"""Safety plan and safe contact: one of each per case, every version kept."""

from datetime import date
from typing import Any

from django.db import transaction

from agencies.actor import Actor
from casework.models import Case, SafeContact, SafetyPlan
from casework.services.cases import reach
from privacy.blind import phone_tags
from privacy.errors import StaleRow
from privacy.normalise import normalise_phone


@transaction.atomic
def write_safety_plan(
    case: Case, *, actor: Actor, text: str = "", steps: list[str] | None = None,
    review_on: date | None = None, rev: int | None = None,
) -> SafetyPlan:  # fmt: skip
    case = reach(case, actor=actor)
    plan = SafetyPlan.objects.select_for_update().filter(case=case).first() or SafetyPlan(case=case)
    _refuse_stale(plan, rev)
    plan.text, plan.steps, plan.review_on = text or None, sorted(steps or []), review_on
    plan.acting(actor).save()
    return plan


@transaction.atomic
def set_safe_contact(case: Case, *, actor: Actor, rev: int | None = None, **fields: Any) -> SafeContact:
    """`fields`: columns of SafeContact; `hours` as described there."""
    case = reach(case, actor=actor)
    profile = SafeContact.objects.select_for_update().filter(case=case).first() or SafeContact(case=case)
    _refuse_stale(profile, rev)
    if "phone" in fields:
        fields["phone"] = normalise_phone(fields["phone"] or "")
        profile.tags = phone_tags(fields["phone"]) if fields["phone"] else []
    for name, value in fields.items():
        setattr(profile, name, None if value == "" else value)
    profile.acting(actor).save()
    return profile


def _refuse_stale(row: SafetyPlan | SafeContact, rev: int | None) -> None:
    if rev is not None and row.rev != rev and not row._state.adding:
        raise StaleRow
