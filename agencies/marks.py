"""A mark over every posting, made with a key that lies outside the database: what was changed behind us shows."""

import hmac
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from privacy.keyrows import KeyState
from privacy.keys import CHECKS, PurposeKey, ring
from privacy.purposes import Purpose

if TYPE_CHECKING:
    from agencies.models import Posting

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def mark_of(posting: "Posting") -> bytes:
    """The mark for the row as it stands: key number, then a keyed hash."""
    key = ring.purpose_keys(Purpose.POSTING, (KeyState.PRIMARY,))[0]
    return key.kid.to_bytes(4, "big") + _digest(key, posting)


def is_genuine(posting: "Posting") -> bool:
    mark = bytes(posting.mark)
    kid = int.from_bytes(mark[:4], "big")
    for key in ring.purpose_keys(Purpose.POSTING, CHECKS):
        if key.kid == kid:
            return hmac.compare_digest(mark[4:], _digest(key, posting))
    return False


def _digest(key: PurposeKey, posting: "Posting") -> bytes:
    ids = (posting.pk.bytes, posting.user_id.bytes, posting.agency_id.bytes)
    words = (str(posting.role), _moment(posting.starts), _moment(posting.ends))
    return key.mac(b"posting", *ids, *(word.encode() for word in words))


def _moment(at: datetime | None) -> str:
    """The same moment in the same words, whichever zone it was given in."""
    return str((at - EPOCH) // timedelta(microseconds=1)) if at else ""
