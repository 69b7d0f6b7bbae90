"""Through the whole product: every address that opens for somebody, by GET, and what people send, by POST."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import resolve, reverse

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency
from casework.models import Case
from casework.paper.papers import all_papers
from casework.suggestions import hints_for
from privacy.history import SealedHistory
from tests.agencies.door import prove
from tests.house.test_reach import addresses
from tests.leaks.forms import Form, filled, forms_in
from tests.leaks.readings import Readings
from tests.leaks.sinks import Answers
from tests.people import signed_in
from workflow.registry import lives

OFTEN = 3  # so many times the wrong table: the bodies that come after do not try it there again
# An address with more than one id or with words of its own: what fits in each place.
WORDS: dict[str, list[Any]] = {
    "key": ["cases_opened"], "ending": ["pdf"], "name": ["accept"], "period": ["2026"],
    "register": ["events", "units", "experts"], "area": ["150703"], "target": ["D8.T4"],
}  # fmt: skip


class Seat(Client):
    """A browser, and who sits at it."""

    who: Actor | None = None


@dataclass
class Walk:
    """`opened`: the addresses, by name, that answered with something; a 405 says that only a POST is taken.
    `taken`: how many forms were accepted as filled in; a refusal must not leak either.
    """

    case: Case
    answers: Answers
    readings: Readings
    actor: Actor | None = None
    kind: Any = None
    opened: set[str] = field(default_factory=set)
    taken: int = 0
    forms: dict[tuple[Any, ...], tuple[Seat, Form]] = field(default_factory=dict)
    fits: dict[str, set[Any]] = field(default_factory=dict)
    missed: Counter[tuple[str, Any]] = field(default_factory=Counter)
    posts: set[str] = field(default_factory=set)
    heard: int = 0
    seen: dict[tuple[Any, Any], list[UUID]] = field(default_factory=dict)

    def look(self, actor: Actor | None, *, again: bool = True) -> None:
        """Open everything that lets this person in, and keep the forms found there. `again`: what others opened too."""
        self.actor, role = actor, actor and Role(actor.role)
        client = Seat()
        if actor:
            client.who = actor
            signed_in(client, actor)
        for name, params, roles in addresses():
            if role not in roles and (role or roles):
                continue
            if again or not params or name not in self.opened:
                self._try(client, name, params)

    def _try(self, client: Seat, name: str, params: dict[str, Any]) -> None:
        """Until the address takes an id: it takes those of one table, unless words stand beside the id."""
        if name in self.posts:
            return
        one_table = bool(params) and all(type(one).__name__ == "UUIDConverter" for one in params.values())
        for address in self._spelled(name, params):
            answer = self.hear(client, name, address, client.get(address))
            if answer.status_code == 405:
                self.posts.add(name)
            if answer.status_code == 404:
                self.missed[name, self.kind] += 1
                continue
            self.fits.setdefault(name, set()).add(self.kind)
            if one_table or name in self.posts:
                return

    def send(self) -> None:
        """Every form once, a mark in each of its texts; nobody is asked on the way who she is."""
        for client, form in list(self.forms.values()):
            name = resolve(urlsplit(form.address).path).view_name
            prove(client)
            answer = self.hear(client, name, form.address, client.post(form.address, filled(form)))
            self.taken += answer.status_code < 400

    def hear(self, client: Seat, name: str, address: str, answer: Any) -> Any:
        assert answer.status_code < 500, address
        self.heard += 1
        self.answers.hear(address, answer)
        if answer.status_code not in {400, 404}:
            self.opened.add(name)
        if answer.status_code == 200:
            self.readings.hear(name, client.who, answer)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            for form in forms_in(address, answer.content.decode()):
                self._keep(client, form)
        return answer

    def _keep(self, client: Seat, form: Form) -> None:
        match = resolve(urlsplit(form.address).path)
        words = {name: value for name, value in match.kwargs.items() if isinstance(value, str)}
        if match.view_name.partition(":")[0] not in {"agencies", "set_language"}:
            self.forms.setdefault((match.view_name, *words.items(), *sorted(form.fields)), (client, form))

    def _spelled(self, name: str, params: dict[str, Any]) -> Iterator[str]:
        if "flow" in params:
            yield from self._of_lives(name, params)
            return
        ids = [one for one, converter in params.items() if type(converter).__name__ == "UUIDConverter"]
        words = {one: self._words(name, one) for one in params if one not in ids}
        for kind, last in self._ids(name) if ids else [(None, None)]:
            self.kind = kind
            given = dict.fromkeys(ids[:-1], self.case.pk) | ({ids[-1]: last} if ids else {})
            for chosen in product(*words.values()):
                yield reverse(name, kwargs=given | dict(zip(words, chosen, strict=True)))

    def _words(self, name: str, param: str) -> list[Any]:
        if param == "kind":
            return ["pdf"] if name.startswith("monitor:") else [one.key for one in all_papers()]
        if param == "mark":
            hints = hints_for(self.case, self.actor) if self.actor else None
            return [one.mark for one in hints.shown if not one.firm][:1] if hints else []
        return WORDS[param]

    def _ids(self, name: str) -> list[tuple[Any, UUID]]:
        """A row of each table of the room the address belongs to, and the case itself; of the right table once it is known."""
        room = {"hand_over": "referrals", "exports": "casework"}.get(
            name.partition(":")[0], name.partition(":")[0]
        )
        if name == "monitor:card":
            return [(Agency, self.actor.agency_id)] if self.actor and self.actor.agency_id else []
        known = self.fits.get(name)
        liaison = bool(self.actor and self.actor.role == Role.LIAISON)
        found: list[tuple[Any, UUID]] = [] if liaison else [(Case, self.case.pk)]
        for model in apps.get_app_config(room).get_models():
            if (known and model not in known) or (liaison and self.missed[name, model] >= OFTEN):
                continue
            if isinstance(model._meta.pk, models.UUIDField) and not issubclass(model, SealedHistory):
                found += [(model, row) for row in self._rows(model)]
        return [one for one in found if not known or one[0] in known]

    def _rows(self, model: Any) -> list[UUID]:
        """A row in sight, of this case if there is one; looked for once for each person."""
        key = self.actor and self.actor.user_id, model
        if key not in self.seen:
            self.seen[key] = self._looked_up(model)
        return self.seen[key]

    def _looked_up(self, model: Any) -> list[UUID]:
        rows = model._default_manager.all()
        if self.actor and hasattr(rows, "visible_to"):
            rows = rows.visible_to(self.actor)
        rows = rows.values_list("pk", flat=True).order_by("pk")
        of_case = any(one.name == "case" for one in model._meta.get_fields())
        most = 9 if model._meta.app_label == "agencies" else 1
        return list((of_case and rows.filter(case=self.case)[:most]) or rows[:most])

    def _of_lives(self, name: str, params: dict[str, Any]) -> Iterator[str]:
        for key, model in lives().items():
            if model.__module__.startswith("tests."):
                continue
            words = {"flow": key}
            if "pk" not in params:
                yield reverse(name, kwargs=words)
                continue
            for pk in [self.case.pk] if name == "casework:open_measure" else self._rows(model):
                for move in model.flow if "name" in params else [None]:
                    yield reverse(name, kwargs=words | {"pk": pk} | ({"name": move.name} if move else {}))


def by_code(walk: Walk, code: str) -> None:
    """The pages of a partner without an account: the code, what it opens, a file of it; the answers are sent with the rest."""
    client = Seat()
    enter, open_ = reverse("hand_over:enter"), reverse("hand_over:hand_over")
    walk.hear(client, "hand_over:enter", enter, client.post(enter, {"code": code}))
    page = walk.hear(client, "hand_over:hand_over", open_, client.get(open_)).content.decode()
    found = {resolve(form.address).url_name: form.address for form in forms_in(open_, page)}
    assert {"answer", "file"} <= found.keys()
    assert walk.hear(client, "hand_over:file", found["file"], client.post(found["file"])).status_code == 200
