"""How to make one object for each paper, for the laws that hold over all papers.

A room adds one line: key of the paper -> function(worker) giving a saved object of a told case (tests/papers.py),
with CANARY in every field of its own that says where somebody is now.
"""

from collections.abc import Callable
from typing import Any

from agencies.actor import Actor
from tests.papers import a_told_case

PaperMaker = Callable[[Actor], Any]

PAPER_MAKERS: dict[str, PaperMaker] = {
    "intake": a_told_case,
    "rights": a_told_case,
    "danger": lambda worker: a_told_case(worker).assessments.first(),
}
