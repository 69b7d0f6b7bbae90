"""What papers, inspections and reports need before they go on."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitor.needs import due_ahead, leading_group_known
from workflow.table import need

if TYPE_CHECKING:
    from monitor.office import Inspection, PlanReport, UnitPaper

__all__ = [
    "all_answered", "due_ahead", "has_been", "its_year_is_published", "leading_group_known", "six_parts", "some_unanswered",
    "something_published", "written",
]  # fmt: skip


@need(_("Write the paper first; an annual one also says what is planned for the next year."))
def written(one: "UnitPaper") -> bool:
    return bool(one.done) and (one.kind != "annual" or bool(one.ahead))


@need(_("The day of the inspection has not come yet."))
def has_been(one: "Inspection") -> bool:
    return one.held_on <= timezone.localdate(one.moment)


@need(_("Write all six parts first."))
def six_parts(one: "PlanReport") -> bool:
    return all(text for _label, text in one.parts())


@need(_("Every comment has been answered."))
def some_unanswered(one: "PlanReport") -> bool:
    return bool(one.comments.filter(reply="").exists())


@need(_("Some comments have no reply yet."))
def all_answered(one: "PlanReport") -> bool:
    return not one.comments.filter(reply="").exists()


@need(_("A report stands on published values: publish a round first."))
def something_published(one: Any) -> bool:
    return one.publication_id is not None


@need(_("A mid-term report stands on the values of 2025, a final report on those of 2030."))
def its_year_is_published(one: Any) -> bool:
    last = {"mid_term": 2025, "final": 2030}.get(one.kind)
    return one.publication_id is None or last is None or one.publication.year == last
