"""The list of cases: filters, order, keyset pages. Everything in the address is a code or an id."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.models import Area, User
from agencies.need_to_know import recused
from casework.codes import Danger, Form
from casework.models import Case
from casework.selectors import overdue_cases, visible_cases
from casework.waiting import URGENCY
from casework.workflow import S

PAGE = 50
MANY = 1000
ORDERS: dict[str, tuple[str | Promise, tuple[tuple[str, bool], ...]]] = {
    "newest": (_("Newest first"), (("created_at", True), ("id", True))),
    "oldest": (_("Oldest first"), (("created_at", False), ("id", False))),
    "danger": (_("Most dangerous first"), (("urgency", False), ("created_at", True), ("id", True))),
}
FIXED: dict[str, tuple[str | Promise, list[tuple[str, Any]]]] = {
    "state": (p_("filter", "State"), list(S.choices)),
    "danger": (p_("filter", "Danger"), list(Danger.choices)),
    "form": (p_("filter", "Form of violence"), list(Form.choices)),
}


@dataclass
class CasePage:
    rows: list[Case]
    count: int
    chips: list[dict[str, Any]]
    filters: list[dict[str, Any]]
    order: str
    older_url: str = ""
    newer_url: str = ""
    clear_url: str = ""


def case_list(actor: Actor, query: dict[str, str], now: datetime) -> CasePage:
    """One page of the cases this actor may see."""
    given = _given(query, actor)
    order = query.get("order") if query.get("order") in ORDERS else "newest"
    rows = _filtered(visible_cases(actor), given, now, actor)
    keys = ORDERS[str(order)][1]
    ranks = [When(danger=level, then=Value(rank)) for level, rank in URGENCY.items()]
    rows = rows.annotate(urgency=Choose(*ranks, default=Value(9), output_field=IntegerField()))
    page = list(_after(rows, keys, query.get("after", "")).order_by(*_names(keys))[: PAGE + 1])
    kept = given | ({"order": str(order)} if order != "newest" else {})
    return CasePage(
        rows=page[:PAGE],
        count=rows.order_by()[: MANY + 1].count(),  # in no order, so that counting ends at the thousandth
        chips=_chips(given, kept, actor),
        filters=_filters(given, actor),
        order=str(order),
        older_url="?" + urlencode({**kept, "after": _cursor(page[PAGE - 1], keys)})
        if len(page) > PAGE
        else "",
        newer_url=("?" + urlencode(kept)) if query.get("after") else "",
        clear_url="?" if given else "",
    )


def _given(query: dict[str, str], actor: Actor) -> dict[str, str]:
    """Only values that are offered: an address typed by hand narrows nothing and breaks nothing."""
    offered = {
        name: {str(key) for key, _word in choices} for name, (_label, choices) in _options(actor).items()
    }
    return {name: value for name, value in query.items() if value in offered.get(name, ())}


def _filtered(rows: "QuerySet[Case]", given: dict[str, str], now: datetime, actor: Actor) -> "QuerySet[Case]":
    for name, value in given.items():
        match name:
            case "form":
                rows = rows.filter(forms__contains=[value])
            case "town":
                rows = rows.filter(area_id=value)
            case "assignee":
                rows = rows.filter(assignee_id=actor.user_id if value == "me" else None)
            case "overdue":
                rows = rows.filter(overdue_cases(now))
            case _:
                rows = rows.filter(**{name: value})
    return rows


def _options(actor: Actor) -> dict[str, tuple[str | Promise, list[tuple[str, Any]]]]:
    towns = [(area.pk, area.name) for area in Area.objects.all()]
    return {
        **FIXED,
        "town": (_("Town"), towns),
        "assignee": (_("Responsible"), [("me", _("My cases")), ("none", _("Nobody yet"))]),
        "overdue": (_("Deadlines"), [("1", _("Overdue only"))]),
    }


def _filters(given: dict[str, str], actor: Actor) -> list[dict[str, Any]]:
    return [
        {"name": name, "label": label, "choices": choices, "value": given.get(name, "")}
        for name, (label, choices) in _options(actor).items()
    ]


def _chips(given: dict[str, str], kept: dict[str, str], actor: Actor) -> list[dict[str, Any]]:
    options = _options(actor)
    found = []
    for name, value in given.items():
        label, choices = options[name]
        word = dict(choices).get(value, value)
        rest = {k: v for k, v in kept.items() if k != name}
        found.append({"label": f"{label}：{word}", "url": "?" + urlencode(rest)})
    return found


def _names(keys: tuple[tuple[str, bool], ...]) -> list[str]:
    return [f"-{name}" if down else name for name, down in keys]


def _cursor(row: Case, keys: tuple[tuple[str, bool], ...]) -> str:
    values = [getattr(row, name) for name, _down in keys]
    text = json.dumps([value if isinstance(value, int) else str(value) for value in values])
    return base64.urlsafe_b64encode(text.encode()).decode()


def _after(rows: "QuerySet[Case]", keys: tuple[tuple[str, bool], ...], cursor: str) -> "QuerySet[Case]":
    """Rows behind the cursor in this order; a cursor that cannot be read is the first page."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor.encode())) if cursor else []
    except (ValueError, binascii.Error):
        values = []
    if not isinstance(values, list) or len(values) != len(keys):
        return rows
    if not all(_fits(name, value) for (name, _down), value in zip(keys, values, strict=True)):
        return rows
    behind, same = Q(), Q()
    for (name, down), value in zip(keys, values, strict=True):
        behind |= same & Q(**{f"{name}__{'lt' if down else 'gt'}": value})
        same &= Q(**{name: value})
    return rows.filter(behind)


def _fits(name: str, value: object) -> bool:
    """A cursor comes from an address: each value must be what its column holds."""
    try:
        match name:
            case "urgency":
                return isinstance(value, int) and 0 <= value < 100
            case "id":
                return bool(UUID(str(value)))
            case _:
                found = parse_datetime(str(value))
                return found is not None and timezone.is_aware(found)
    except ValueError:
        return False


def assignable(case: Case) -> "QuerySet[User]":
    able = User.objects.filter(is_active=True, postings__agency_id=case.agency_id)
    return able.exclude(recused(User, case.pk)).distinct()
