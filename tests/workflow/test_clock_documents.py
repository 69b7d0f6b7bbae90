"""docs/clocks.md says what the data and the tables say."""

from django.core.management import call_command

from tests.workflow.sample.table import FLOW
from workflow.clock_documents import OUTSIDE, TASKS, page
from workflow.management.commands.document_workflows import documented
from workflow.rules import all_rules


def test_the_page_is_fresh() -> None:
    assert call_command("document_clocks", check=True) is None


def test_every_clock_is_on_the_page() -> None:
    text = page([])
    assert [rule.id for rule in all_rules() if f"`{rule.id}`" not in text] == []


def test_a_clock_runs_in_a_table_or_has_a_reason_not_to() -> None:
    used = {
        start.clock for flow in documented() for move in [flow.opening, *flow] for start in move.start_list
    }
    assert ({rule.id for rule in all_rules()} - used) == OUTSIDE.keys() | TASKS.keys()


def test_the_page_says_which_move_runs_a_clock() -> None:
    line = next(line for line in page([FLOW]).splitlines() if "`wl_decision_72h`" in line)
    uses = "errand: starts at `take`<br>errand: stops at `finish`<br>errand: makes the move `lapse`"
    assert line.endswith(f"| {uses} |")
