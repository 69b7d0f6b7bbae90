"""Groups of towns: drawn by the office, versioned, and large enough that a number of one stands for no village.

A change is a new version of all groups; releases keep the version they were made by.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.actor import Actor
from agencies.models import Area
from agencies.who import lead
from indicators.models import TownGrouping

# Neither can be lowered by a setting.
FEWEST_GROUPS, FEWEST_RESIDENTS = 3, 10_000
ELSEWHERE = "elsewhere"


class NotGrouped(ValueError):
    """Why these groups cannot be: in words for whoever drew them."""


@dataclass(frozen=True, slots=True)
class TownGroup:
    """`code` is the version and the place in it, so that no two drawings share one. `each`: residents town by town."""

    code: str
    name: str
    towns: tuple[str, ...]
    residents: int
    each: tuple[int, ...] = ()


def town_groups(area: str) -> tuple[TownGroup, ...]:
    """As they are drawn now; none: nothing is published by town."""
    newest = TownGrouping.objects.filter(area=area).order_by("version").last()
    return read(newest.groups) if newest else ()


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[TownGroup, ...]:
    return tuple(
        TownGroup(row["code"], row["name"], tuple(row["towns"]), row["residents"], tuple(row.get("each", ())))
        for row in rows
    )


def written(groups: Iterable[TownGroup]) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "name": one.name, "towns": list(one.towns), "residents": one.residents}
        for one in groups
    ]


@transaction.atomic
def group_towns(*, actor: Actor, towns: Mapping[str, tuple[str, int]]) -> TownGrouping:
    """A new version: town code -> (name of its group, residents). Raises NotGrouped; only a duty leader draws."""
    if not lead(actor, None):
        raise PermissionDenied
    area = Area.objects.select_for_update().get(agencies=actor.agency_id)
    known = list(Area.objects.filter(parent=area).order_by("code").values_list("code", flat=True))
    if sorted(towns) != known:
        raise NotGrouped(_("Every town of the district stands in exactly one group."))
    version = TownGrouping.objects.filter(area=area.code).count() + 1
    found = _drawn(towns, version)
    if len(found) < FEWEST_GROUPS:
        raise NotGrouped(_("There must be at least %(n)s groups.") % {"n": FEWEST_GROUPS})
    if few := [one.name for one in found if one.residents < FEWEST_RESIDENTS]:
        raise NotGrouped(
            _("Fewer than %(n)s residents: %(names)s") % {"n": FEWEST_RESIDENTS, "names": "、".join(few)}
        )
    return TownGrouping.objects.create(
        area=area.code,
        version=version,
        groups=[row | {"each": list(one.each)} for row, one in zip(written(found), found, strict=True)],
        entered_by=actor.user_id,
        entered_at=timezone.now(),
    )


def _drawn(towns: Mapping[str, tuple[str, int]], version: int) -> list[TownGroup]:
    names = list(dict.fromkeys(group for _town, (group, _n) in sorted(towns.items())))
    found = []
    for place, group in enumerate(names, 1):
        held = [town for town in sorted(towns) if towns[town][0] == group]
        each = tuple(towns[town][1] for town in held)
        found.append(TownGroup(f"{version}.{place}", group, tuple(held), sum(each), each))
    return found
