"""Destroying keys: only those that are disabled, long enough, and proven to be named by nothing any more."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from privacy.errors import KeyRingError
from privacy.keyrows import DataKey, KeyState, KeyVersion
from privacy.keys import ring
from privacy.keystates import move
from privacy.providers import KekProvider, provider
from privacy.purposes import WRAPS
from privacy.rotation.index import TagPart, tagged_models
from privacy.rotation.jobs import INDEX, by_label, kind_of_purpose, reseal_parts, unfinished


@dataclass(frozen=True, slots=True)
class Doomed:
    """What a `destroy` is about to end."""

    versions: list[KeyVersion]
    data_keys: int
    kek: int

    def lines(self) -> list[str]:
        found = [f"purpose key {row.kid} ({row.purpose})" for row in self.versions]
        found += [f"{self.data_keys} data keys"] if self.data_keys else []
        return found + ([f"{self.kek} older key-encryption keys"] if self.kek else [])


def doomed(now: bool = False) -> Doomed:
    """Disabled keys whose time is over; those of younger backups are kept, unless `now`."""
    before = timezone.now() - timedelta(days=0 if now else settings.KEY_RETENTION_DAYS)
    versions = KeyVersion.objects.filter(state=KeyState.DISABLED, changed_at__lte=before).order_by("kid")
    data = DataKey.objects.filter(state=KeyState.DISABLED, changed_at__lte=before)
    return Doomed(list(versions), data.count(), _retired() if now else 0)


def _retired() -> int:
    return sum(kek.retired() for kek in _in_use())


def _in_use() -> list[KekProvider]:
    rows = KeyVersion.objects.exclude(state=KeyState.DESTROYED).order_by("kek")
    return [provider(name) for name in rows.values_list("kek", flat=True).distinct()]


def destroy(found: Doomed, now: bool = False) -> None:
    """Prove first, for all of them; then end them."""
    if (job := unfinished()) is not None:
        raise KeyRingError(f"A rotation is not finished ({job}): its keys are still needed.")
    for row in found.versions:
        _prove(row)
    before = timezone.now() - timedelta(days=0 if now else settings.KEY_RETENTION_DAYS)
    data = DataKey.objects.filter(state=KeyState.DISABLED, changed_at__lte=before)
    if data.exists():
        for compartment in WRAPS:
            left = sum(part.count() for part in reseal_parts(compartment))
            if left:
                raise KeyRingError(f"{left} rows or files still name a disabled data key: rotate data first.")
    data.delete()
    for row in found.versions:
        move(row.kid, KeyState.DESTROYED)
    if found.kek:
        for kek in _in_use():
            kek.retire()
    ring.forget()
    ring.verify()


def _prove(row: KeyVersion) -> None:
    purpose = by_label(row.purpose)
    left = DataKey.objects.filter(wrapping_kid=row.kid).count()
    if kind_of_purpose(purpose) == INDEX:
        left += sum(TagPart(model, row.kid).count() for model in tagged_models())
    if left:
        raise KeyRingError(f"Key {row.kid} is still named {left} times: it cannot be destroyed.")
