"""The key ring: key-encryption key -> purpose keys -> one data key per case and compartment.

Unwrapped keys stay in this process, in `KeyCache`; never in Redis, the database, a log or an exception.
"""

import hmac
import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from privacy import envelope
from privacy.cache import KeyCache, forget, forget_all, recall, remember
from privacy.envelope import DataCipher, lengths
from privacy.errors import KeyRingError, SealError
from privacy.keyrows import DataKey, KeyState, KeyVersion
from privacy.providers import KekProvider, provider
from privacy.suites import DEFAULT, MAC_BYTES, Aead, Suite, suite

VICTIM = "victim"
REPORTER = "reporter"
STAFF = "staff"


class Purpose(IntEnum):
    """What a purpose key is for. A kid is generation * 16 + this number, so a kid names its purpose."""

    DEK_VICTIM = 1
    DEK_REPORTER = 2
    BI_PHONE = 3
    BI_ID = 4
    BI_NAME = 5
    BI_GRAM = 6
    BI_PINYIN = 7
    AUDIT = 8
    CHECKPOINT = 9
    POSTING = 10
    DEK_STAFF = 11

    @property
    def label(self) -> str:
        return self.name.lower().replace("_", "-")


WRAPS = {VICTIM: Purpose.DEK_VICTIM, REPORTER: Purpose.DEK_REPORTER, STAFF: Purpose.DEK_STAFF}
SEARCHING = (Purpose.BI_PHONE, Purpose.BI_ID, Purpose.BI_NAME, Purpose.BI_GRAM, Purpose.BI_PINYIN)
WRITES = (KeyState.PRIMARY, KeyState.PENDING)
READS = (KeyState.PRIMARY, KeyState.ACTIVE)
SEARCHES = (KeyState.PRIMARY, KeyState.ACTIVE, KeyState.PENDING)


@dataclass(frozen=True, slots=True)
class PurposeKey:
    kid: int
    suite: int
    state: str
    key: bytes = field(repr=False)


def check_value(key: bytes, by: Suite) -> bytes:
    return by.mac(key, b"key check value")[:8]


def new_key(purpose: Purpose, by: Suite) -> bytes:
    """What wraps is a key of the cipher, what tags is one of the MAC."""
    return secrets.token_bytes(by.key_bytes if purpose in WRAPS.values() else MAC_BYTES)


def key_context(purpose: str, kid: int) -> bytes:
    return lengths(b"purpose key", purpose.encode(), kid.to_bytes(4, "big"))


def data_key_context(owner: UUID, compartment: str, wrapping_kid: int) -> bytes:
    return lengths(b"data key", owner.bytes, compartment.encode(), wrapping_kid.to_bytes(4, "big"))


class KeyRing:
    """One per process. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._purposes = KeyCache(size=1024)
        self._by_owner = KeyCache()
        self._by_kid = KeyCache()

    # Purpose keys

    def ensure(self) -> None:
        """The key file and every purpose key exist and belong together, or the process must not start."""
        kek = provider()
        self._make_kek(kek)
        self.verify()
        self._make_missing(kek)
        self.forget()

    def verify(self) -> None:
        """Unwrap every usable purpose key and compare its check value. A wrong key file is told plainly."""
        kek = provider()
        for row in self._usable(self._versions()):
            self._unwrapped(kek, row)

    def _usable(self, rows: list[KeyVersion]) -> list[KeyVersion]:
        """Every key version that this process may hold, newest first; those of a compartment it has not, never."""
        allowed = getattr(settings, "SEALED_COMPARTMENTS", WRAPS)
        foreign = [purpose.label for compartment, purpose in WRAPS.items() if compartment not in allowed]
        if VICTIM not in allowed:
            foreign += [purpose.label for purpose in SEARCHING]
        return [row for row in rows if row.purpose not in foreign]

    def _versions(self) -> list[KeyVersion]:
        return list(KeyVersion.objects.exclude(state=KeyState.DESTROYED).order_by("-kid"))

    def purpose_keys(self, purpose: Purpose, states: Collection[str]) -> list[PurposeKey]:
        """Every key of this purpose in these states, newest first."""
        found: list[PurposeKey] | None = recall(self._purposes, purpose)
        if found is None:
            found = self._load_purposes().get(purpose, [])
        return [key for key in found if key.state in states]

    def _load_purposes(self) -> dict[Purpose, list[PurposeKey]]:
        kek = provider()
        rows = self._versions()
        present = {row.purpose for row in rows if row.state == KeyState.PRIMARY}
        made = any(purpose.label not in present for purpose in Purpose)
        if made:
            self._make_missing(kek)
            rows = self._versions()
        loaded: dict[Purpose, list[PurposeKey]] = {purpose: [] for purpose in Purpose}
        for row in self._usable(rows):
            key = PurposeKey(row.kid, row.suite, row.state, self._unwrapped(kek, row))
            loaded[Purpose(row.kid % 16)].append(key)
        (remember if made else _put)(self._purposes, loaded)
        return loaded

    def _make_kek(self, kek: KekProvider) -> None:
        if kek.exists():
            return
        if KeyVersion.objects.exists():
            raise KeyRingError("The key file is missing, but this database has keys. Put it back.")
        kek.create()

    def _make_missing(self, kek: KekProvider) -> None:
        self._make_kek(kek)
        present = set(KeyVersion.objects.values_list("purpose", flat=True))
        rows = [
            self.new_version(purpose, purpose, self._suite(), kek=kek)
            for purpose in Purpose
            if purpose.label not in present
        ]
        KeyVersion.objects.bulk_create(rows, ignore_conflicts=True)

    def _suite(self) -> Suite:
        """The suite in use: that of the key which wraps; a purpose that comes later keeps to it."""
        found = KeyVersion.objects.filter(purpose=Purpose.DEK_VICTIM.label, state=KeyState.PRIMARY)
        number = found.values_list("suite", flat=True).first()
        return suite(number) if number else DEFAULT

    def new_version(
        self,
        purpose: Purpose,
        kid: int,
        by: Suite,
        state: str = KeyState.PRIMARY,
        kek: KekProvider | None = None,
    ) -> KeyVersion:
        """A fresh purpose key, wrapped, not yet saved."""
        key = new_key(purpose, by)
        return KeyVersion(
            kid=kid,
            purpose=purpose.label,
            suite=by.number,
            state=state,
            wrapped=(kek or provider()).wrap(key, key_context(purpose.label, kid)),
            kcv=check_value(key, by),
        )

    def _unwrapped(self, kek: KekProvider, row: KeyVersion) -> bytes:
        try:
            key = kek.unwrap(bytes(row.wrapped), key_context(row.purpose, row.kid))
        except KeyRingError:
            raise
        except SealError:
            key = b""
        if not hmac.compare_digest(check_value(key, suite(row.suite)), bytes(row.kcv)):
            raise KeyRingError(
                "The key file does not belong to this database (key check value differs). "
                "Put back the key file this database was set up with; nothing was changed."
            )
        return key

    # Data keys

    def sealing_key(self, owner: UUID, compartment: str = VICTIM) -> DataCipher:
        """The data key that seals for this owner; made on first use."""
        key: DataCipher | None = recall(self._by_owner, (owner, compartment))
        return key or self.provide([owner], compartment)[owner]

    def provide(self, owners: Iterable[UUID], compartment: str = VICTIM) -> dict[UUID, DataCipher]:
        """The data keys of many owners: one SELECT, and one INSERT for those that have none yet."""
        self._allowed(compartment)
        wanted = set(owners)
        held = {owner: key for owner in wanted if (key := recall(self._by_owner, (owner, compartment)))}
        missing = wanted - held.keys()
        if missing:
            held |= self._select_owners(missing, compartment)
        missing -= held.keys()
        if missing:
            held |= self._insert_owners(missing, compartment)
        return held

    def opening_keys(self, kids: Iterable[int], compartment: str = VICTIM) -> dict[int, DataCipher]:
        """The data keys named by ciphertexts, one query for all not held. Unknown ones are absent."""
        self._allowed(compartment)
        wanted = set(kids)
        held: dict[int, DataCipher] = {kid: key for kid in wanted if (key := self._by_kid.get(kid))}
        missing = [kid for kid in wanted - held.keys() if kid <= 2**31 - 1]
        if missing:
            rows = DataKey.objects.filter(id__in=missing, compartment=compartment, state__in=READS)
            fresh = {key.kid: key for key in self._unwrap_data_keys(rows, compartment)}
            self._by_kid.put(fresh)
            held |= fresh
        return {kid: key for kid, key in held.items() if key.compartment == compartment}

    def forget(self, owner: UUID | None = None) -> None:
        """Drop what this process holds: of one owner (its keys were shredded), or everything."""
        if owner is None:
            for cache in (self._purposes, self._by_owner, self._by_kid):
                forget_all(cache)
            return
        for compartment in WRAPS:
            forget(self._by_owner, (owner, compartment))
        self._by_kid.drop_where(lambda key: key.owner == owner)

    def _select_owners(self, owners: set[UUID], compartment: str) -> dict[UUID, DataCipher]:
        rows = DataKey.objects.filter(owner__in=owners, compartment=compartment, state=KeyState.PRIMARY)
        found = {key.owner: key for key in self._unwrap_data_keys(rows, compartment)}
        self._by_owner.put({(owner, compartment): key for owner, key in found.items()})
        self._by_kid.put({key.kid: key for key in found.values()})
        return found

    def _insert_owners(self, owners: set[UUID], compartment: str) -> dict[UUID, DataCipher]:
        """Race-safe: a conflict waits for the other writer and then takes that writer's key."""
        make = partial(self.new_data_key, self.wrapping_key(compartment), compartment)
        with transaction.atomic(savepoint=False):
            DataKey.objects.bulk_create([make(owner) for owner in sorted(owners)], ignore_conflicts=True)
            rows = DataKey.objects.filter(owner__in=owners, compartment=compartment, state=KeyState.PRIMARY)
            made = {key.owner: key for key in self._unwrap_data_keys(rows, compartment)}
            remember(self._by_owner, {(owner, compartment): key for owner, key in made.items()})
        self._by_kid.put({key.kid: key for key in made.values()})
        return made

    def new_data_key(self, wrapping: PurposeKey, compartment: str, owner: UUID) -> DataKey:
        """A fresh data key of the suite of the key that wraps it, not yet saved."""
        by = suite(wrapping.suite)
        context = data_key_context(owner, compartment, wrapping.kid)
        return DataKey(
            owner=owner,
            compartment=compartment,
            suite=by.number,
            wrapping_kid=wrapping.kid,
            wrapped=envelope.wrap(by, wrapping.key, secrets.token_bytes(by.key_bytes), context),
        )

    def wrapping_key(self, compartment: str) -> PurposeKey:
        self._allowed(compartment)
        keys = self.purpose_keys(WRAPS[compartment], (KeyState.PRIMARY,))
        if not keys:
            raise SealError("no primary key for this compartment")
        return keys[0]

    def wrapping_ciphers(self, compartment: str, kids: set[int]) -> dict[int, Aead]:
        """By kid. One that was made after this process last looked is looked up anew."""
        found = self.purpose_keys(WRAPS[compartment], READS)
        if kids - {by.kid for by in found}:
            forget_all(self._purposes)
            found = self.purpose_keys(WRAPS[compartment], READS)
        return {by.kid: suite(by.suite).cipher(by.key) for by in found}

    def _unwrap_data_keys(self, rows: QuerySet[DataKey], compartment: str) -> Iterator[DataCipher]:
        found = list(rows.values_list("id", "owner", "suite", "wrapping_kid", "wrapped"))
        by_kid = self.wrapping_ciphers(compartment, {row[3] for row in found})
        for kid, owner, number, wrapping_kid, wrapped in found:
            if wrapping_kid not in by_kid:
                raise SealError("the purpose key of this data key is not usable")
            context = data_key_context(owner, compartment, wrapping_kid)
            key = envelope.unwrap(by_kid[wrapping_kid], bytes(wrapped), context)
            yield DataCipher(kid, suite(number), owner, compartment, suite(number).cipher(key))

    def _allowed(self, compartment: str) -> None:
        """A process may be set up without a compartment: a liaison's never holds the reporter's keys."""
        if compartment not in getattr(settings, "SEALED_COMPARTMENTS", WRAPS):
            raise SealError("this process holds no keys of that compartment")


def _put(cache: KeyCache, entries: dict[Purpose, list[PurposeKey]]) -> None:
    cache.put(entries)


ring = KeyRing()
