"""What the templates of a referral ask for."""

from typing import Any

from django import template
from django.utils.dates import WEEKDAYS_ABBR

from agencies.actor import Actor
from referrals import selectors
from referrals.models import Referral
from workflow.engine import OpenMove

register = template.Library()


@register.simple_tag
def referral_moves(referral: Referral, actor: Actor | None) -> dict[str, list[OpenMove]]:
    main, others = selectors.moves_of(referral, actor) if actor else ([], [])
    return {"main": main, "others": others}


@register.filter
def hours_words(slot: dict[str, Any]) -> str:
    """One row of safe hours: days and times."""
    days = "、".join(str(WEEKDAYS_ABBR[day]) for day in slot["days"])
    return f"{days} {slot['from']}–{slot['to']}"
