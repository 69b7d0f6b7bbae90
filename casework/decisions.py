"""What waits for a second person: exports and shreddings that a duty leader did not ask for herself."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from casework.exports.sources import label_of
from casework.exports.workflow import E
from casework.models import Export, Shredding
from casework.shredding import D

MOST = 50


@dataclass(frozen=True, slots=True)
class Decision:
    """One line: what is asked, of what, by whom, since when, and where it is decided."""

    what: str | Promise
    of: str
    by: str
    at: datetime
    url: str


def decisions(actor: Actor) -> list[Decision]:
    """The oldest first; nothing for anybody but a duty leader."""
    if actor.role != Role.LEAD:
        return []
    exports = Export.objects.visible_to(actor).filter(state=E.ASKED).select_related("asked_by")
    shreddings = Shredding.objects.visible_to(actor).filter(state=D.ASKED).select_related("asked_by", "case")
    found = [_export(row) for row in exports.exclude(asked_by_id=actor.user_id).order_by("created_at")[:MOST]]
    found += [
        _shredding(row) for row in shreddings.exclude(asked_by_id=actor.user_id).order_by("created_at")[:MOST]
    ]
    return sorted(found, key=lambda one: one.at)


def _export(row: Export) -> Decision:
    rows = ngettext("%(n)d row", "%(n)d rows", row.rows) % {"n": row.rows}
    of = f"{label_of(row.source)} · {row.get_people_display()} · {rows}"
    return Decision(p_("decision", "Export"), of, str(row.asked_by), row.created_at, row.get_absolute_url())


def _shredding(row: Shredding) -> Decision:
    what = _("One person of a case") if row.person_id else _("A whole case")
    of = f"{row.case.reference} · {what} · {row.get_why_display()}"
    return Decision(
        p_("decision", "Shredding"), of, str(row.asked_by), row.created_at, row.get_absolute_url()
    )
