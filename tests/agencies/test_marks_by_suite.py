"""Register, checkpoints and postings are marked by the suite in use; what was marked before the switch still holds."""

import hashlib
import hmac
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC
from django.core.management import call_command
from pytest_django import Settings

from agencies.marks import is_genuine, mark_of
from agencies.models import Posting
from privacy import checkpoints, macs
from privacy.chain import seal
from privacy.chainrows import AuditLink
from privacy.envelope import lengths
from privacy.keyrows import KeyState, KeyVersion
from privacy.keys import CHECKS, PurposeKey, ring
from privacy.models import ReadAudit
from privacy.purposes import Purpose
from privacy.suites import AES_256_GCM, SM4_GCM
from privacy.verify import verify
from tests.attacks.record import Tried
from tests.people import a_lead
from tests.privacy.own_keys import own_keys
from tests.privacy.people import AGENCY
from tests.privacy.test_chain import NOW, owner, read

pytestmark = [pytest.mark.django_db, pytest.mark.attack("T88")]
NAMES = ("audit", "checkpoint", "posting")


@pytest.fixture(autouse=True)
def house(tmp_path: Path, settings: Settings) -> Iterator[None]:
    with own_keys(tmp_path, settings):
        macs._threads.writer = macs.Writer()
        yield
        macs._threads.writer = macs.Writer()


def by_hand(number: int, key: bytes, data: bytes) -> bytes:
    if number == AES_256_GCM.number:
        return hmac.digest(key, data, hashlib.sha256)
    made = HMAC(key, SM3())
    made.update(data)
    return made.finalize()


def key_of(purpose: Purpose, kid: int) -> PurposeKey:
    return next(key for key in ring.purpose_keys(purpose, CHECKS) if key.kid == kid)


def links_by_hand() -> list[int]:
    """The suite of every link of the chain, each recomputed from its parts."""
    prev, found = b"", []
    for link in AuditLink.objects.filter(chain=AGENCY).order_by("seq"):
        key, row = key_of(Purpose.AUDIT, link.kid), ReadAudit.objects.get(pk=link.row)
        place = (link.chain.bytes, link.seq.to_bytes(8, "big"), prev, link.row.bytes, bytes(row.mac))
        assert bytes(link.mac) == by_hand(key.suite, key.key, lengths(b"link", *place))
        prev = bytes(link.mac)
        found.append(key.suite)
    return found


def switched(word: str) -> None:
    call_command("keys", "switch_suite", word, "marks", stdout=StringIO())


def faults() -> list[Any]:
    verdicts, others, _gaps = verify(NOW(), checkpoints.known())
    return [verdict.bad for verdict in verdicts if verdict.bad] + others


def signed(count: int) -> None:
    read(count)
    seal(NOW())
    assert checkpoints.checkpoint(NOW(), at_once=True)


def test_new_rows_links_and_checkpoints_are_of_the_new_suite_and_old_ones_still_hold(tried: Tried) -> None:
    signed(2)
    switched("sm4")
    signed(3)
    switched("aes")
    signed(1)
    suites = [SM4_GCM.number if two else AES_256_GCM.number for two in (0, 0, 1, 1, 1, 0)]
    kids = [one.kid for one in checkpoints.kept()]
    tried(
        request="manage.py keys switch_suite sm4 and back, rows written before, between and after",
        actor="keeper of the house",
        expected=(suites, [], [9, 25, 41], True),
        got=(links_by_hand(), faults(), kids, all(one.is_ours() for one in checkpoints.kept())),
    )
    held = KeyVersion.objects.filter(purpose__in=NAMES).exclude(state=KeyState.PRIMARY)
    assert set(held.values_list("state", flat=True)) == {KeyState.ACTIVE}


def test_a_row_of_the_new_suite_that_was_changed_is_named(tried: Tried) -> None:
    switched("sm4")
    read(2)
    seal(NOW())
    bad = AuditLink.objects.get(chain=AGENCY, seq=2).row
    owner("UPDATE privacy_readaudit SET fields = '{phone}' WHERE id = %s", bad)
    got = [(one.fault.value, one.seq) for one in faults()]
    tried(
        request="a row sealed by HMAC-SM3 changed",
        actor="owner of the tables",
        expected=[("changed", 2)],
        got=got,
    )


def test_a_posting_bears_the_suite_in_use_and_an_older_one_counts_on(tried: Tried) -> None:
    older = Posting.objects.get(pk=a_lead().posting_id)
    switched("sm4")
    newer = Posting.objects.get(pk=a_lead().posting_id)
    kid = int.from_bytes(bytes(newer.mark)[:4], "big")
    ids = (newer.pk.bytes, newer.user_id.bytes, newer.agency_id.bytes)
    start = str(round(newer.starts.timestamp() * 1_000_000)).encode()
    made = by_hand(2, key_of(Purpose.POSTING, kid).key, lengths(b"posting", *ids, b"lead", start, b""))
    got = (
        is_genuine(older),
        is_genuine(newer),
        bytes(newer.mark)[4:] == made,
        mark_of(older) == bytes(older.mark),
    )
    tried(
        request="postings given before and after the switch",
        actor="nobody",
        expected=(True, True, True, False),
        got=got,
    )
    newer.role = "auditor"
    assert not is_genuine(newer)


def test_what_another_process_has_promoted_counts_here_while_this_one_still_holds_it_as_pending() -> None:
    """For as long as a process keeps its keys: a posting given elsewhere must not be refused meanwhile."""
    fresh = ring.new_version(Purpose.POSTING, 26, SM4_GCM, KeyState.PENDING)
    fresh.save()
    ring.forget()
    key = key_of(Purpose.POSTING, 26)
    posting = Posting.objects.get(pk=a_lead().posting_id)
    ids = (posting.pk.bytes, posting.user_id.bytes, posting.agency_id.bytes)
    start = str(round(posting.starts.timestamp() * 1_000_000)).encode()
    posting.mark = (26).to_bytes(4, "big") + key.mac(b"posting", *ids, b"lead", start, b"")
    assert is_genuine(posting)
