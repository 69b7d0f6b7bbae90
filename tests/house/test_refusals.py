"""Every condition of a move is named, in quotes, somewhere in these tests: one that nobody wrote a refusal for is found."""

import re
from pathlib import Path

from workflow.registry import lives

TESTS = Path(__file__).parents[1]


def test_every_need_of_every_life_is_named_in_a_test() -> None:
    told = "\n".join(path.read_text("utf-8") for path in sorted(TESTS.rglob("*.py")))
    named = set(re.findall(r'"(\w+)"', told))
    product = [model.flow for model in lives().values() if not model.__module__.startswith("tests.")]
    needs = {
        (flow.key, need.name) for flow in product for move in (flow.opening, *flow) for need in move.needs
    }
    assert len(product) > 20 and sorted(pair for pair in needs if pair[1] not in named) == []
