"""What she asks for becomes drafts: nothing leaves the house before a caseworker looks at it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from agencies.actor import Actor
from casework.codes import TaskKind, Wish
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case
from casework.services import open_task
from protection_orders.models import ProtectionOrder
from workflow.engine import begin

# How soon a wish that has no room of its own yet must be taken up. Our own rule, not law.
SOON = {Wish.POLICE: timedelta(0), Wish.SHELTER: timedelta(hours=2), Wish.MEDICAL: timedelta(hours=2)}
LATER = timedelta(days=1)


def draft_wishes(case: Case, *, wishes: Iterable[str], actor: Actor, now: datetime) -> None:
    for wish in wishes:
        if wish == Wish.LETTER:
            begin(WarningLetter, actor=actor, case=case, letter_type="dv", origin="victim")
        elif wish == Wish.ORDER:
            begin(ProtectionOrder, actor=actor, case=case)
        elif wish != Wish.LISTEN:
            label = Wish(wish).label
            open_task(
                case, actor=actor, kind=TaskKind.OTHER, due_at=now + SOON.get(Wish(wish), LATER),
                text=_("She asks for: %(wish)s") % {"wish": label},
            )  # fmt: skip
