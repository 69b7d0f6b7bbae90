"""What a measure is: a life of its own that belongs to a case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency
from casework.models import Case
from casework.protection import require_need_to_know
from privacy.actors import ActorLike
from privacy.models import SealedModel
from workflow.engine import OpenMove, open_moves
from workflow.models import Deadline, LifeModel


@dataclass(frozen=True)
class InboxRow:
    """One thing a body owes: the object, what is owed in words, by when, and what can be done about it.

    `due`: our own wish for an answer, where no clock of that body runs.
    """

    obj: models.Model
    owed: str | Promise
    deadline: Deadline | None = None
    moves: list[OpenMove] = field(default_factory=list)
    template: str = "casework/_owed.html"
    due: datetime | None = None


class Measure(LifeModel):
    """Subclasses declare flow, state, objects, history and scope, like every life."""

    panel_order: ClassVar[int] = 50
    after_closing: ClassVar[bool] = False
    """May be begun when the case is closed."""
    page_texts: ClassVar[tuple[str, ...]] = ()
    page_roles: ClassVar[tuple[str, ...]] = ()
    """What its own page can open: sealed columns of the measure, and people of the case in these roles."""

    service_column: ClassVar[str] = ""
    """Of a measure that hands over: the column with the service; a case type names the codes to offer first."""
    opening_template: ClassVar[str] = ""
    """What is shown above the form of its opening, with the context of `opening_context`."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True

    @property
    def subject_id(self) -> UUID:
        return self.case_id

    @property
    def home_id(self) -> UUID | None:
        return self.case.agency_id

    def seal_owner(self) -> UUID:
        return self.case_id

    @classmethod
    def require_leave(cls, rows: Sequence[Self], *, actor: ActorLike, purpose: str) -> None:
        """Letters, applications and hand-overs tell her story too."""
        require_need_to_know((row.case for row in rows), actor=actor, purpose=purpose)

    def facts(self) -> dict[str, Any]:
        return self.case.facts() | self.own_facts()

    def own_facts(self) -> dict[str, Any]:
        """Coded outcomes of this measure; no personal data."""
        return {}

    def agency_for(self, owner: str) -> UUID | None:
        return self.case.agency_id if owner == "wf" else None

    def keeper_id(self) -> UUID | None:
        return self.case.assignee_id

    def title(self) -> str:
        return f"{self.flow.label} · {self.case.reference}"

    def get_absolute_url(self) -> str:
        """The page of its own if there is anything to open there, else the panel on the page of the case."""
        if self.page_texts:
            return reverse("casework:measure", args=[self.flow.key, self.pk])
        return f"{self.case.get_absolute_url()}#{self.flow.key}-{self.pk}"

    def place_for(self, actor: Actor) -> str:
        """A liaison opens no page of a case: what has no page of its own stands in the inbox."""
        address = self.get_absolute_url()
        if actor.role == Role.LIAISON and address.startswith(self.case.get_absolute_url()):
            return f"{reverse('casework:inbox')}#{self.panel_id}"
        return address

    def wants_visits(self) -> bool:
        """Is this a reason to visit her again? The room of visits asks before it plans the next one."""
        return self.state not in self.flow.final

    def texts_for(self, actor: Actor) -> tuple[str, ...]:
        """The sealed columns this actor may open on the page of the measure."""
        return self.page_texts

    def page_rows(self, actor: Actor) -> list[tuple[SealedModel, tuple[str, ...]]]:
        """Rows of this measure whose sealed columns are opened on its page together with its own texts."""
        return []

    def person_fields_for(self, actor: Actor) -> tuple[str, ...]:
        """What of each person concerned; a body that is asked to act learns the name and no more."""
        return ("name",) if actor.role == Role.LIAISON else ("name", "phone")

    def owed(self) -> str | Promise:
        """What is owed now, in words: the state, unless the measure knows better."""
        return self.flow.states(self.state).label

    @classmethod
    def opening_context(cls, case: Case, actor: Actor) -> dict[str, Any]:
        """What `opening_template` needs; no sealed text."""
        return {}

    @classmethod
    def inbox_objects(cls, actor: Actor) -> "models.QuerySet[Any]":
        """The unfinished measures this actor may see; a room may add what its needs ask for."""
        found: models.QuerySet[Any] = cls.objects.visible_to(actor).exclude(state__in=cls.flow.final)
        return found.select_related("case")

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        """What a liaison's body owes in this kind of measure: rows with an open clock of theirs or a move they could make."""
        rows = list(cls.inbox_objects(actor))
        clocks = earliest_deadlines([row.pk for row in rows], actor)
        found = [InboxRow(row, row.owed(), clocks.get(row.pk), open_moves(row, actor)) for row in rows]
        return [row for row in found if row.deadline or row.moves]


def earliest_deadlines(ids: list[UUID], actor: Actor) -> dict[UUID, Deadline]:
    """The most urgent running clock per object that the actor's body owns; one query."""
    owned = Deadline.objects.live().filter(obj_id__in=ids, owner_agency_id=actor.agency_id)
    found: dict[UUID, Deadline] = {}
    for deadline in owned.select_related("rule").by_due():
        found.setdefault(deadline.obj_id, deadline)
    return found


def waiting_rows(actor: Actor) -> Iterator[InboxRow]:
    """What a body owes in any kind of life that has rows for inboxes, measures or not."""
    for kind in apps.get_models():
        if issubclass(kind, LifeModel) and hasattr(kind, "inbox_rows"):
            yield from kind.inbox_rows(actor)


def measure_models() -> Iterator[type[Measure]]:
    """Every kind of measure that is installed, in the order of its panel."""
    kinds = [model for model in apps.get_models() if issubclass(model, Measure)]
    yield from sorted(kinds, key=lambda kind: (kind.panel_order, kind._meta.label))


def lies_with(case: Case, bodies: set[UUID], actor: Actor) -> list[Measure]:
    """Unfinished measures of a case that one of these bodies would have to act on."""
    found = [row for row in measures_of(case, actor) if row.state not in row.flow.final] if bodies else []
    return [row for row in found if bodies & {getattr(row, name) for name in _bodies_of(type(row))}]


def _bodies_of(kind: type[Measure]) -> list[str]:
    return [field.attname for field in kind._meta.concrete_fields if field.related_model is Agency]


def measures_of(case: Case, actor: Actor) -> list[Measure]:
    """All measures of a case, and of those joined to it, that the actor may see; one query per kind.

    Its own share the case at hand.
    """
    theirs = Q(case=case) | Q(case__joined_to=case)
    found = [row for kind in measure_models() for row in kind.objects.visible_to(actor).filter(theirs)]
    for row in found:
        if row.case_id == case.pk:
            row.case = case
    return found
