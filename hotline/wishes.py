"""What she asks for becomes drafts: nothing leaves the house before a caseworker looks at it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.actor import Actor
from casework.codes import Flag, Language, TaskKind, Wish
from casework.measures.shelter_stay.models import ShelterStay
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case
from casework.services import open_task
from protection_orders.models import ProtectionOrder
from referrals.codes import Service, Urgency
from referrals.models import Referral
from workflow.engine import begin

# Who can give what she asks for, and how soon it is asked of them.
REFERRALS: dict[str, tuple[str, str]] = {
    Wish.LEGAL_AID: (Service.LEGAL_AID, Urgency.DAYS),
    Wish.MEDICAL: (Service.MEDICAL, Urgency.HOURS),
    Wish.COUNSELLING: (Service.COUNSELLING, Urgency.DAYS),
    Wish.MONEY: (Service.LIVELIHOOD, Urgency.NORMAL),
    Wish.CHILDREN: (Service.CHILD_PROTECTION, Urgency.URGENT),
}


def draft_wishes(case: Case, *, wishes: Iterable[str], language: str, actor: Actor, now: datetime) -> None:
    for wish in wishes:
        if wish == Wish.LETTER:
            begin(WarningLetter, actor=actor, case=case, letter_type="dv", origin="victim")
        elif wish == Wish.ORDER:
            begin(ProtectionOrder, actor=actor, case=case)
        elif wish == Wish.SHELTER:
            children = Flag.CHILD_IN_HOUSEHOLD in case.flags
            begin(ShelterStay, actor=actor, case=case, subject="family" if children else "adult", urgent=True)
        elif wish == Wish.POLICE:
            words = _("She asks for: %(wish)s") % {"wish": Wish.POLICE.label}
            open_task(case, actor=actor, kind=TaskKind.OTHER, due_at=now, text=words)
        elif wish in REFERRALS:
            service, urgency = REFERRALS[wish]
            begin(Referral, actor=actor, case=case, service=service, urgency=urgency)
    if language != Language.CHINESE:
        begin(Referral, actor=actor, case=case, service=Service.INTERPRETER, urgency=Urgency.HOURS)
