"""What can be exported. A room above adds its own by `register`, in AppConfig.ready."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import pgettext
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.readings import Reading, newest
from casework.codes import Role as PersonRole
from casework.exports.workflow import People
from casework.models import Case, Export, Person
from casework.protection import texts_closed
from privacy.audit import Action
from privacy.reading import reveal_many

BATCH, MOST_READS = 50, 5000
Row = list[Any]


@dataclass(frozen=True)
class Source:
    """`count` says how many rows there will be; `rows` gives the head first."""

    key: str
    label: str | Promise
    roles: tuple[str, ...]
    count: Callable[[Export, Actor], int]
    rows: Callable[[Export, Actor], Iterator[Row]]
    has_people: bool = False
    holds_figures: bool = False  # nobody stands in it: no second person is needed for many rows


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.key] = source


def sources_for(actor: Actor) -> list[Source]:
    return [source for source in _sources.values() if actor.role in source.roles]


def source_of(export: Export, actor: Actor) -> Source | None:
    source = _sources.get(export.source)
    return source if source and actor.role in source.roles else None


def label_of(key: str) -> str | Promise:
    return _sources[key].label if key in _sources else key


def _cases(export: Export, actor: Actor) -> "QuerySet[Case]":
    found = (
        Case.objects.visible_to(actor).filter(agency_id=export.agency_id).select_related("area", "assignee")
    )
    if export.year:
        found = found.filter(created_at__year=export.year)
    return found.order_by("created_at", "id")


def case_rows(export: Export, actor: Actor) -> Iterator[Row]:
    """One row for each case; of persons the victim alone, never a minor, never where the texts are closed."""
    head = [
        now_("Reference"), now_("Alias"), now_("Opened"), now_("State"), now_("Matter"), now_("Danger"), now_("Town"),
        now_("Responsible"),
    ]  # fmt: skip
    names = {People.NONE: (), People.NAMES: ("name", "phone")}.get(
        export.people, ("name", "phone", "id_number")
    )  # type: ignore[call-overload]
    yield head + [str(cast(Any, Person._meta.get_field(name)).verbose_name) for name in names]
    page: list[Case] = []
    for case in _cases(export, actor).iterator(chunk_size=BATCH):
        page.append(case)
        if len(page) == BATCH:
            yield from _page(page, names, actor)
            page = []
    yield from _page(page, names, actor)


def _page(cases: list[Case], names: tuple[str, ...], actor: Actor) -> Iterator[Row]:
    people = _opened(cases, names, actor) if names and cases else {}
    for case in cases:
        opened = timezone.localdate(case.created_at).isoformat()
        words = [case.get_state_display() if hasattr(case, "get_state_display") else str(case.state_label)]
        words += [
            case.get_matter_display(),
            case.get_danger_display(),
            str(case.area or ""),
            str(case.assignee or ""),
        ]
        yield [case.reference, case.alias, opened, *words, *people.get(case.pk, [""] * len(names))]


def _opened(cases: list[Case], names: tuple[str, ...], actor: Actor) -> dict[Any, list[str]]:
    open_to_me = [case for case in cases if not texts_closed(case, actor)]
    victims = Person.objects.filter(case__in=open_to_me, role=PersonRole.VICTIM).select_related("case")
    first: dict[Any, Person] = {}
    for person in victims.order_by("created_at"):
        if not person.is_minor:
            first.setdefault(person.case_id, person)
    found = reveal_many([(person, names) for person in first.values()], actor=actor, action=Action.EXPORT)
    return {
        person.case_id: [one[name] or "" for name in names]
        for person, one in zip(first.values(), found, strict=True)
    }


def _reads(export: Export, actor: Actor) -> list[Reading]:
    found = newest(actor, MOST_READS)
    return [row for row in found if not export.year or timezone.localdate(row.at).year == export.year]


def read_rows(export: Export, actor: Actor) -> Iterator[Row]:
    yield [
        pgettext("register", "When"), pgettext("register", "Who"), now_("Role"), pgettext("register", "Did what"),
        pgettext("register", "What for"), pgettext("register", "Read"), pgettext("register", "Case or call"),
    ]  # fmt: skip
    for row in _reads(export, actor):
        at = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S")
        yield [at, row.name, row.role, row.action, row.purpose, row.fields, row.owner]


register(
    Source(
        "cases", p_("export", "List of cases"), (Role.CASEWORKER, Role.LEAD),
        lambda export, actor: _cases(export, actor).count(), case_rows, has_people=True,
    )
)  # fmt: skip
register(
    Source(
        "reads", p_("export", "Reading register of the federation"), (Role.LEAD,),
        lambda export, actor: len(_reads(export, actor)), read_rows,
    )
)  # fmt: skip
