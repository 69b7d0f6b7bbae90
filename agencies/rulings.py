"""Holds and restrictions outlive the data they lie over: each laying and lifting is an entry of a signed list.

The list lies beside the key ring, so a restore of an older backup finds what was decided since (privacy/signedlist.py).
"""

from collections.abc import Callable
from datetime import UTC

from django.db import transaction

from agencies.actor import SYSTEM_USER_ID
from agencies.file_marks import FileMark, MarkKind
from agencies.models import User
from privacy.models import Ruling

RULED = (MarkKind.HOLD, MarkKind.RESTRICTED)


@transaction.atomic
def write_down(mark: FileMark) -> None:
    """As the mark stands: that it was laid, and that it was lifted. What is written down already is not written again."""
    written = set(Ruling.objects.filter(mark=mark.pk).values_list("lifted", flat=True))
    ends = [(False, mark.entered_by_id, mark.entered_at), (True, mark.lifted_by_id, mark.lifted_at)]
    for lifted, by, at in ends:
        if at is not None and lifted not in written:
            Ruling(
                mark=mark.pk, subject=mark.subject_id, kind=mark.kind, why=mark.why, by=by or SYSTEM_USER_ID,
                at=at.astimezone(UTC), lifted=lifted,
            ).append()  # fmt: skip


def write_down_older() -> None:
    """Marks from before there was a list, and a file that was away."""
    known = Ruling.objects.order_by().values("mark")
    for mark in (
        FileMark.objects.standing().filter(kind__in=RULED).exclude(pk__in=known).order_by("entered_at")
    ):
        write_down(mark)
    Ruling.write_list()


def replay(tell: Callable[[str], None]) -> None:
    """After a restore: every mark as it was decided last, in the order of the decisions."""
    rulings = Ruling.gathered()
    with transaction.atomic():
        for one in rulings:
            _lift(one) if one.lifted else _lay(one)
    tell(f"holds and restrictions: {len(rulings)} entries of the list replayed")


def _lay(one: Ruling) -> None:
    made = {"subject_id": one.subject, "kind": one.kind, "why": one.why, "entered_at": one.at}
    FileMark.objects.get_or_create(pk=one.mark, defaults=made | {"entered_by_id": _known(one)})


def _lift(one: Ruling) -> None:
    FileMark.objects.standing().filter(pk=one.mark).update(lifted_at=one.at, lifted_by_id=_known(one))


def _known(one: Ruling) -> object:
    """Who decided may have come after the backup: the list still names the account."""
    return one.by if User.objects.filter(pk=one.by).exists() else SYSTEM_USER_ID
