"""The key ring: key-encryption key -> purpose keys -> one data key per case and compartment.

Unwrapped keys stay in this process, in `KeyCache`; never in Redis, the database, a log or an exception.
"""

import hmac
import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from privacy import envelope
from privacy.cache import KeyCache, forget, forget_all, recall, remember
from privacy.envelope import DataCipher, lengths
from privacy.errors import ForeignKey, KeyRingError, SealError
from privacy.keyrows import DataKey, KeyState, KeyVersion
from privacy.providers import provider
from privacy.purposes import KEKS, VICTIM, WRAPS, Purpose, of_kid
from privacy.suites import DEFAULT, MAC_BYTES, Aead, Suite, suite

# Something was read (each reading is sealed in the register), and there is not one key.
USED_WITHOUT_KEYS = (
    "SELECT EXISTS (SELECT FROM privacy_readaudit) AND NOT EXISTS (SELECT FROM privacy_keyversion)"
)
WRITES = (KeyState.PRIMARY, KeyState.PENDING)
READS = (KeyState.PRIMARY, KeyState.ACTIVE)
SEARCHES = CHECKS = (KeyState.PRIMARY, KeyState.ACTIVE, KeyState.PENDING)
"""What was marked or tagged may bear a key that this process still knows as pending: another one has promoted it."""


@dataclass(frozen=True, slots=True)
class PurposeKey:
    kid: int
    suite: int
    state: str
    key: bytes = field(repr=False)

    def mac(self, *parts: bytes) -> bytes:
        """The one place where rows are marked: by the MAC of this key's suite, whichever is in use meanwhile."""
        return suite(self.suite).mac(self.key, lengths(*parts))


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
        """The key files and every purpose key exist and belong together, or the process must not start."""
        self._make_keks()
        self.verify()
        self._refuse_to_replace()
        self._make_missing()
        self.forget()

    def _refuse_to_replace(self) -> None:
        """A restore that broke off leaves data without its keys; new ones beside it would hide that for good."""
        with connection.cursor() as cursor:
            cursor.execute(USED_WITHOUT_KEYS)
            if cursor.fetchone() == (True,):
                raise KeyRingError(
                    "The data was sealed under keys that are not in this database: restore the key ring."
                )

    def verify(self) -> None:
        """Unwrap every usable purpose key and compare its check value. A wrong key file is told plainly."""
        for row in self._usable():
            self._unwrapped(row)

    def _usable(self) -> list[KeyVersion]:
        """Every key version that this process may hold, newest first; those of a compartment it has not, never."""
        allowed = held_compartments()
        return [row for row in self._versions() if of_kid(row.kid).compartment in allowed]

    def _versions(self) -> list[KeyVersion]:
        return list(KeyVersion.objects.exclude(state=KeyState.DESTROYED).order_by("-kid"))

    def purpose_keys(self, purpose: Purpose, states: Collection[str]) -> list[PurposeKey]:
        """Every key of this purpose in these states, newest first."""
        found: list[PurposeKey] | None = recall(self._purposes, purpose)
        if found is None:
            found = self._load_purposes().get(purpose, [])
        return [key for key in found if key.state in states]

    def _load_purposes(self) -> dict[Purpose, list[PurposeKey]]:
        rows = self._usable()
        made = bool(_needed() - {of_kid(row.kid) for row in rows if row.state == KeyState.PRIMARY})
        if made:
            self._make_missing()
            rows = self._usable()
        loaded: dict[Purpose, list[PurposeKey]] = {purpose: [] for purpose in Purpose}
        for row in rows:
            key = PurposeKey(row.kid, row.suite, row.state, self._unwrapped(row))
            loaded[of_kid(row.kid)].append(key)
        (remember if made else _put)(self._purposes, loaded)
        return loaded

    def _make_keks(self) -> None:
        """The first time. One that has wrapped keys of this database is never replaced by a fresh one."""
        for compartment in held_compartments():
            wrapping = self._keks(compartment)
            for name in wrapping or {KEKS[compartment]}:
                if provider(name).exists():
                    continue
                if wrapping:
                    raise KeyRingError(
                        f"The key file is missing ({name}), but this database has keys. Put it back."
                    )
                provider(name).create()

    def _keks(self, compartment: str) -> set[str]:
        """What wraps the purpose keys of a compartment: before its first rotation one key wrapped them all."""
        return {row.kek for row in self._versions() if of_kid(row.kid).compartment == compartment}

    def _make_missing(self) -> None:
        self._make_keks()
        present = {of_kid(kid) for kid in KeyVersion.objects.values_list("kid", flat=True)}
        rows = [self.new_version(purpose, purpose, self._suite()) for purpose in sorted(_needed() - present)]
        KeyVersion.objects.bulk_create(rows, ignore_conflicts=True)

    def _suite(self) -> Suite:
        """The suite in use: that of the key which wraps; a purpose that comes later keeps to it."""
        found = KeyVersion.objects.filter(purpose=Purpose.DEK_VICTIM.label, state=KeyState.PRIMARY)
        number = found.values_list("suite", flat=True).first()
        return suite(number) if number else DEFAULT

    def new_version(self, purpose: Purpose, kid: int, by: Suite, state: str = KeyState.PRIMARY) -> KeyVersion:
        """A fresh purpose key, not yet saved; wrapped by what wraps its compartment."""
        key, keks = new_key(purpose, by), self._keks(purpose.compartment)
        own = KEKS[purpose.compartment]
        kek = own if own in keks or not keks else keks.pop()
        return KeyVersion(
            kid=kid,
            purpose=purpose.label,
            suite=by.number,
            state=state,
            kek=kek,
            wrapped=provider(kek).wrap(key, key_context(purpose.label, kid)),
            kcv=check_value(key, by),
        )

    def _unwrapped(self, row: KeyVersion) -> bytes:
        try:
            key = provider(row.kek).unwrap(bytes(row.wrapped), key_context(row.purpose, row.kid))
        except KeyRingError:
            raise
        except SealError:
            key = b""
        if not hmac.compare_digest(check_value(key, suite(row.suite)), bytes(row.kcv)):
            raise KeyRingError(
                f"The key file {row.kek} does not belong to this database (key check value differs). "
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
        if compartment not in held_compartments():
            raise ForeignKey("this process holds no keys of that compartment")


def held_compartments() -> Collection[str]:
    """The compartments whose keys this process was handed."""
    held: Collection[str] = getattr(settings, "SEALED_COMPARTMENTS", WRAPS)
    return held


def _needed() -> set[Purpose]:
    allowed = held_compartments()
    return {purpose for purpose in Purpose if purpose.compartment in allowed}


def _put(cache: KeyCache, entries: dict[Purpose, list[PurposeKey]]) -> None:
    cache.put(entries)


ring = KeyRing()
