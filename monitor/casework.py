"""What the casework contributes to a target: figures of the newest release of a whole year, as they were published."""

from typing import Any

from django.utils.translation import gettext as _

from indicators.casework import indicators
from indicators.models import Release
from indicators.releases import latest
from indicators.units import UNITS

SHOWN_UNDER = "D8.T4"


def released(area: str) -> tuple[Release | None, list[tuple[str, str]]]:
    """(release, (figure, text) in order). A withheld number stays withheld; what is not recorded is left out."""
    for release in latest(area):
        known: dict[tuple[str, str], Any] = {(row["id"], row["part"]): row for row in release.indicators}
        rows = []
        for one in indicators():
            for part in one.parts:
                row = known.get((one.id, part.key))
                if row is not None and row["state"] in ("number", "withheld"):
                    unit = UNITS.get(part.unit, "")
                    text = f"{row['value']} {unit}".strip() if row["state"] == "number" else _("withheld")
                    name = (
                        one.label if not part.label or len(one.parts) == 1 else f"{one.label} · {part.label}"
                    )
                    rows.append((f"{one.id} {name}", text))
        if rows:
            return release, rows
    return None, []
