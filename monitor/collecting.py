"""Taking in what a lower level exported: JSON or SDMX-CSV, nothing of it believed before its digest and its shape are right."""

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.actor import Actor
from agencies.models import Area
from monitor.dictionary import dictionary
from monitor.held import Collected
from monitor.people import is_bureau
from monitor.publishing import digest_of
from monitor.stored import FIRST_YEAR, LAST_YEAR
from workflow.errors import NotAllowed

MOST_BYTES, MOST_NUMBER = 5_000_000, 10**12
SHA = re.compile(r"[0-9a-f]{64}")
NUMBER = re.compile(r"-?\d{1,13}(\.\d{1,6})?")
Read = tuple[str, int, int, str, dict[str, Any]]  # part, year, version, digest, figures


@transaction.atomic
def take_in(area: str, data: bytes, digest: str, *, actor: Actor) -> Collected:
    """One export, once. ValidationError says what is wrong with it, without a word of its content."""
    if not is_bureau(actor):
        raise NotAllowed
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The file is too large for such an export."))
    part, year, version, digest, figures = _json(data) if data.lstrip()[:1] == b"{" else _csv(data, digest)
    below = Area.objects.filter(pk=part, parent=area).first()
    if below is None:
        raise ValidationError(_("This export is of an area that does not lie right below yours."))
    columns = {"year": year, "version": version, "figures": figures, "taken_by_id": actor.user_id}
    return Collected.objects.get_or_create(area_id=area, part=below, digest=digest, defaults=columns)[0]


def _json(data: bytes) -> Read:
    try:
        sent = json.loads(data)
        content = sent["content"]
        if sent["format"] != "huhang-plan/1" or digest_of(content) != sent["sha256"]:
            raise ValidationError(_("The digest does not fit the content: the file was changed on its way."))
        rows = dict(_rows(content))
        return (
            str(content["area"]), _year(content["year"]), _whole(sent["version"]), sent["sha256"],
            {"below": _whole(content.get("below", 0)), "rows": rows},
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValidationError(_("This is no export of a plan monitor.")) from None


def _rows(content: dict[str, Any]) -> Iterator[tuple[str, list[list[Any]]]]:
    for code, row in content["indicators"].items():
        if code in dictionary().indicators:
            counts = {_year(year): (x, n) for year, x, n in row.get("counts", ())}
            yield (
                code,
                [[_year(y), _text(v), *map(_maybe, counts.get(y, (None, None)))] for y, v in row["values"]],
            )


def _csv(data: bytes, digest: str) -> Read:
    """It carries no digest of its own: that of the whole file comes beside it, from the page it was taken from."""
    if not SHA.fullmatch(digest) or hashlib.sha256(data).hexdigest() != digest:
        raise ValidationError(_("The digest does not fit the content: the file was changed on its way."))
    try:
        lines = list(csv.DictReader(StringIO(data.decode("utf-8-sig")), strict=True))
        areas = {line["REF_AREA"] for line in lines}
        if len(areas) != 1 or any(line["STRUCTURE_ID"] != "HUHANG:PLAN(1.0)" for line in lines):
            raise ValueError
        rows: dict[str, list[list[Any]]] = {}
        for line in lines:
            if line["INDICATOR"] in dictionary().indicators:
                given = [_maybe(line[name] or None) for name in ("NUMERATOR", "DENOMINATOR")]
                rows.setdefault(line["INDICATOR"], []).append(
                    [_year(line["TIME_PERIOD"]), _text(line["OBS_VALUE"] or None), *given]
                )
        first = lines[0]
        year = max(row[0] for found in rows.values() for row in found)
        figures = {"below": _whole(first["LEVELS_BELOW"]), "rows": rows}
        return areas.pop(), year, _whole(first["VERSION"]), digest, figures
    except (ValueError, KeyError, TypeError, IndexError, csv.Error):
        raise ValidationError(_("This is no export of a plan monitor.")) from None


def _year(value: Any) -> int:
    year = _whole(value)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError
    return year


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,13}", str(value)) or int(value) > MOST_NUMBER:
        raise ValueError
    return int(value)


def _maybe(value: Any) -> int | None:
    return None if value is None else _whole(value)


def _text(value: Any) -> str | None:
    if value is not None and not NUMBER.fullmatch(str(value)):
        raise ValueError
    return None if value is None else str(value)
