"""What a bulletin needs before it leaves the house."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.bulletin.models import Bulletin

POINTS = ("no_names", "no_puzzle", "no_cells")


@need(_("Somebody could be recognised: send it back or change the text first."), law="D22 D23")
def nobody_recognised(one: "Bulletin") -> bool:
    return all(one.asked.get(point, True) for point in POINTS)  # the form asks each of them
