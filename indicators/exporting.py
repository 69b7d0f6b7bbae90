"""The figures of the year as an export: what a duty leader sees on the page, row by row."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency
from casework.exports.sources import Source
from casework.models import Export
from indicators import files, selectors


def rows(export: Export, actor: Actor) -> Iterator[list[Any]]:
    today = timezone.localdate()
    year = export.year if export.year in selectors.years(today) else today.year
    area = Agency.objects.get(pk=export.agency_id).area_id
    for row in files.overview_rows(selectors.overview(str(area), selectors.Period(year, today))):
        yield [int(text) if text.isascii() and text.isdigit() else text for text in map(str, row)]


FIGURES = Source(
    "figures",
    p_("export", "Figures of the year"),
    (Role.LEAD,),
    lambda export, actor: 0,
    rows,
    holds_figures=True,
)
