"""The key tables themselves: data keys replaced by fresh ones, and data keys wrapped under another purpose key."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from privacy import envelope
from privacy.keyrows import DataKey, KeyState
from privacy.keys import data_key_context, ring
from privacy.rotation.sweep import Done
from privacy.suites import suite


@dataclass
class RenewPart:
    """Every owner gets a fresh data key that seals from now on; the one before still opens."""

    compartment: str
    until: int
    suite: int
    name: str = "privacy_datakey"

    def _old(self) -> Q:
        before = Q(id__lte=self.until) | ~Q(suite=self.suite)
        return Q(compartment=self.compartment, state=KeyState.PRIMARY) & before

    def count(self) -> int:
        return DataKey.objects.filter(self._old()).count()

    def batch(self, after: str, size: int) -> Done:
        rows = DataKey.objects.select_for_update(skip_locked=True).filter(self._old(), id__gt=int(after or 0))
        found = list(rows.order_by("id")[:size])
        if not found:
            return Done()
        wrapping = ring.wrapping_key(self.compartment)
        same = DataKey.objects.filter(id__in=[row.pk for row in found])
        same.update(state=KeyState.ACTIVE, changed_at=timezone.now())
        DataKey.objects.bulk_create(
            [ring.new_data_key(wrapping, self.compartment, row.owner) for row in found]
        )
        return Done(len(found), 0, str(found[-1].pk))


@dataclass
class RewrapPart:
    """Data keys unwrapped by whichever purpose key wraps them, and wrapped by the present one."""

    compartment: str
    new: int
    name: str = "privacy_datakey"

    def count(self) -> int:
        return DataKey.objects.filter(compartment=self.compartment).exclude(wrapping_kid=self.new).count()

    def batch(self, after: str, size: int) -> Done:
        rows = DataKey.objects.select_for_update(skip_locked=True).filter(
            compartment=self.compartment, id__gt=int(after or 0)
        )
        found = list(rows.exclude(wrapping_kid=self.new).order_by("id")[:size])
        if not found:
            return Done()
        by_kid = ring.wrapping_ciphers(self.compartment, {row.wrapping_kid for row in found})
        wrapping = ring.wrapping_key(self.compartment)
        for row in found:
            context = data_key_context(row.owner, row.compartment, row.wrapping_kid)
            key = envelope.unwrap(by_kid[row.wrapping_kid], bytes(row.wrapped), context)
            fresh = data_key_context(row.owner, row.compartment, wrapping.kid)
            row.wrapped = envelope.wrap(suite(wrapping.suite), wrapping.key, key, fresh)
            row.wrapping_kid = wrapping.kid
        DataKey.objects.bulk_update(found, ["wrapped", "wrapping_kid"])
        return Done(len(found), 0, str(found[-1].pk))
