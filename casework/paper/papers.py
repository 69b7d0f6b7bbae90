"""The papers of all rooms. A room names its own in `documents/` and hands them over in AppConfig.ready."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agencies.actor import Actor
from agencies.who import Who, federation
from casework.paper.layout import Layout, load
from casework.paper.reader import Reader
from casework.tools import Words

Build = Callable[[Any, Reader], dict[str, Any]]


def always(obj: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Paper:
    """`of`: the model it is printed from, a case or a part of one. `build` opens what is sealed through the reader only.

    `called`: its title, where several papers share a layout.
    """

    key: str
    of: type[Any]
    layout_file: Path
    build: Build
    who: Who = federation
    offered: Callable[[Any], bool] = always
    called: Words | None = None

    @property
    def layout(self) -> Layout:
        return load(self.layout_file)

    @property
    def title(self) -> Words:
        return self.called or self.layout.title

    def may_be_printed(self, obj: Any, actor: Actor) -> bool:
        return self.who(actor, obj) and self.offered(obj)


_papers: dict[str, Paper] = {}


def register(papers: Iterable[Paper]) -> None:
    """Called in AppConfig.ready of a room; two papers of one key are refused."""
    for paper in papers:
        if _papers.setdefault(paper.key, paper) is not paper:
            raise ValueError(f"two papers are called {paper.key}")


def all_papers() -> list[Paper]:
    return list(_papers.values())


def find_paper(key: str) -> Paper | None:
    return _papers.get(key)


def papers_of(obj: Any, actor: Actor) -> list[Paper]:
    """What this actor may print from this object, in the order in which the rooms named them."""
    return [p for p in _papers.values() if isinstance(obj, p.of) and p.may_be_printed(obj, actor)]
