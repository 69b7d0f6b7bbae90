"""Which state of a key may follow which. Whoever changes one goes through here."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from privacy.errors import KeyRingError
from privacy.keyrows import DataKey, KeyState, KeyVersion

MAY: dict[str, frozenset[str]] = {
    KeyState.PENDING: frozenset({KeyState.PRIMARY, KeyState.DESTROYED}),
    KeyState.PRIMARY: frozenset({KeyState.ACTIVE}),
    KeyState.ACTIVE: frozenset({KeyState.DISABLED}),
    # Back to ACTIVE: data of an older backup has come back and needs the key it was sealed with.
    KeyState.DISABLED: frozenset({KeyState.ACTIVE, KeyState.DESTROYED}),
    KeyState.DESTROYED: frozenset(),
}


def before(to: str) -> list[str]:
    return [state for state, following in MAY.items() if to in following]


def move(kid: int, to: str) -> None:
    """One purpose key into another state; a jump that is not foreseen is refused. Repeating it is no jump."""
    found = KeyVersion.objects.filter(kid=kid, state__in=before(to))
    gone = {"wrapped": b""} if to == KeyState.DESTROYED else {}
    if found.update(state=to, changed_at=timezone.now(), **gone):
        return
    held = KeyVersion.objects.filter(kid=kid).values_list("state", flat=True).first()
    if held != to:
        raise KeyRingError(f"Key {kid} is {held or 'unknown'}; it cannot become {to}.")


@transaction.atomic
def promote(old: int | None, new: int) -> None:
    """The new key seals, the old one still opens; in one step, so that there is always exactly one that seals."""
    held = KeyVersion.objects.select_for_update().get(kid=new).state
    if held == KeyState.PRIMARY:
        return
    if old is not None:
        move(old, KeyState.ACTIVE)
    move(new, KeyState.PRIMARY)


def move_data_keys(rows: QuerySet[DataKey], to: str) -> int:
    """Those of these data keys that may become `to`."""
    return rows.filter(state__in=before(to)).update(state=to, changed_at=timezone.now())
