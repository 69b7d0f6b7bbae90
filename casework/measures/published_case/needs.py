"""What a story needs before the public may read it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.published_case.models import PublishedCase

POINTS = ("neighbour", "husband", "child")
CROWD = 10  # so many cases alike, herself among them, or the place is not told (D23)
WIDE = frozenset({"none", "region"})


@need(
    _(
        "Fewer than ten cases like this one are known in the place that is told: name no place, or only the region."
    ),
    law="D23",
)
def enough_alike(one: "PublishedCase") -> bool:
    return one.place_told in WIDE or one.alike() >= CROWD


@need(_("What is rare about her and a place must not both be told: leave one of them out."), law="D23")
def rare_needs_no_place(one: "PublishedCase") -> bool:
    return not one.traits or one.place_told in WIDE


@need(_("Somebody could be recognised: send it back or change the text first."), law="D22 D23")
def nobody_recognised(one: "PublishedCase") -> bool:
    return all(one.asked.get(point, True) for point in POINTS)  # the form asks each of them


@need(_("She has to agree first: ask her, read it to her, and record what she says."), law="D02")
def she_agrees(one: "PublishedCase") -> bool:
    return one.consent == "agreed"


@need(_("A case is published only after it was closed: what still happens could hurt her."), law="A05")
def case_is_over(one: "PublishedCase") -> bool:
    return one.case.state in {"closed", "archived"}
