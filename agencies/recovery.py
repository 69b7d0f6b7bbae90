"""Ten codes on paper for the day the telephone is gone; each opens the door once."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from agencies.models import RecoveryCode, User
from agencies.services import SIGNS

HOW_MANY, GROUPS, LENGTH = 10, 6, 4


@transaction.atomic
def new_codes(user: User) -> list[str]:
    """Ten new ones; all older ones are void. They can be shown now and never again."""
    RecoveryCode.objects.filter(user=user).delete()
    codes = ["-".join(_group() for _ in range(GROUPS)) for _ in range(HOW_MANY)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in codes)
    return codes


def takes(user: User, code: str, now: datetime) -> bool:
    """Whether this was one of the user's codes and is used up by this very call."""
    unused = RecoveryCode.objects.filter(user=user, digest=_digest(code), used_at=None)
    return bool(unused.update(used_at=now))


def left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def _group() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def _digest(code: str) -> bytes:
    # 118 bits cannot be guessed through a plain hash.
    return hashlib.sha256("".join(c for c in code.lower() if c in SIGNS).encode()).digest()
