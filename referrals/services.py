"""Commands of this room that are no move: attaching evidence, and one-time codes for partners without an account."""

import secrets
import unicodedata
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from agencies.actor import Actor
from agencies.who import federation
from casework.reference import ALPHABET
from referrals.codes import Channel, Item
from referrals.effects import enter_disclosure
from referrals.models import Attachment, HandOverCode, Referral
from referrals.selectors import attachable
from workflow.engine import reach
from workflow.errors import NotAllowed, NotVisible

SIGNS = 10  # of 31: about 49 bits, read out in two groups of five
GOOD_FOR = timedelta(hours=72)  # our own rule
SITTING = timedelta(minutes=30)  # our own rule


class CodeNotNow(Exception):
    """A code is made for a referral that waits at another body, and for no other."""


@transaction.atomic
def attach_evidence(referral: Referral, *, actor: Actor, evidence_id: UUID, now: datetime) -> Attachment:
    """Goes with the referral; the item "attached evidence" is ticked by it where the service may have it."""
    if not federation(actor):
        raise NotAllowed
    life = reach(Referral, referral.pk, actor, lock=True)
    evidence = attachable(life).filter(pk=evidence_id).first()
    if evidence is None:
        raise NotVisible
    row = Attachment.objects.create(
        referral=life, evidence=evidence, attached_by=actor.user_id, attached_at=now
    )
    life.shares = sorted({*life.shares, str(Item.FILES)})
    life.acting(actor).save()
    if life.is_open:
        enter_disclosure(life, Channel.ACCOUNT, actor=actor, now=now)
    return row


def digest_of(code: str) -> str:
    """However it is typed: full width, small letters, blanks and hyphens do not matter. Keyed, so a dump tells nothing."""
    folded = unicodedata.normalize("NFKC", code).upper()
    plain = "".join(sign for sign in folded if sign in ALPHABET)
    return salted_hmac("referrals.hand_over_code", plain, algorithm="sha256").hexdigest()


@transaction.atomic
def make_code(referral: Referral, *, actor: Actor, now: datetime) -> str:
    """A new code, told once; earlier ones that were not used are void. The ledger says how it went out."""
    life = reach(Referral, referral.pk, actor, lock=True)
    if not life.is_open or life.receiver_id is None or life.basis_gone:
        raise CodeNotNow
    life.hand_over_codes.filter(used_at=None, void_at=None).update(void_at=now)
    code = "".join(secrets.choice(ALPHABET) for _sign in range(SIGNS))
    HandOverCode.objects.create(
        referral=life, digest=digest_of(code), made_by=actor.user_id, made_at=now, expires_at=now + GOOD_FOR
    )
    enter_disclosure(life, Channel.CODE, actor=actor, now=now)
    return f"{code[:5]}-{code[5:]}"


@transaction.atomic
def use_code(typed: str, *, now: datetime) -> HandOverCode | None:
    """The code opens one sitting, once; None: there is no such code, or it is used, void, too old or closed."""
    row = (
        HandOverCode.objects.select_for_update(of=("self",))
        .select_related("referral__receiver")
        .filter(digest=digest_of(typed))
        .first()
    )
    if row is None or not row.is_good(now):
        return None
    if not Referral.objects.visible_to(row.actor).filter(pk=row.referral_id).exists():
        return None
    row.used_at = now
    row.save(update_fields=["used_at"])
    return row


def sitting(code_id: UUID, now: datetime) -> tuple[HandOverCode, Referral] | None:
    """The code of a sitting that is not over, and its referral as the receiver may see it this second."""
    row = HandOverCode.objects.select_related("referral__receiver").filter(pk=code_id, void_at=None).first()
    if row is None or row.used_at is None or now >= row.used_at + SITTING:
        return None
    found = (
        Referral.objects.visible_to(row.actor)
        .select_related("case", "receiver")
        .filter(pk=row.referral_id)
        .first()
    )
    return None if found is None else (row, found)
