"""Who opened her file, in words for her: day, body and post, what was looked at and what for. No ids, no staff names.

Names are left out: the sheet may fall into his hands, and the staff are known to her by their body and post (D22).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.kinds import Role
from agencies.models import Agency
from casework.services.shredding import owners_of
from privacy.audit import Action, Outcome, Purpose, ReadAudit

if TYPE_CHECKING:
    from casework.models import Case

Text = str | Promise
MOST = 2000
DONE: dict[str, Text] = {
    Action.OPEN: p_("her sheet", "looked at the page of your case"),
    Action.READ: p_("her sheet", "read"),
    Action.SEARCH: p_("her sheet", "found your case in a search"),
    Action.PRINT: p_("her sheet", "printed a paper"),
    Action.EXPORT: p_("her sheet", "put it into a list or an archive pack"),
    Action.FILE: p_("her sheet", "opened a file"),
    Action.MOVE: p_("her sheet", "tried to take a step"),
    Action.BREAK_GLASS: p_("her sheet", "opened your case in an emergency"),
}
WHAT: dict[str, Text] = {
    "casework_person": p_("her sheet", "names and numbers"),
    "casework_reporter": p_("her sheet", "who reported it"),
    "casework_incident": p_("her sheet", "what happened to you"),
    "casework_dangerassessment": p_("her sheet", "how great the danger is"),
    "casework_safetyplan": p_("her sheet", "your safety plan"),
    "casework_safecontact": p_("her sheet", "how to reach you safely"),
    "casework_evidence": p_("her sheet", "evidence"),
    "hotline_call": p_("her sheet", "your call"),
}
FOR: dict[str, Text] = {
    Purpose.HOTLINE: p_("her sheet", "to answer your call"),
    Purpose.CASEWORK: p_("her sheet", "to work on your case"),
    Purpose.LIAISON: p_("her sheet", "to do what that body owes you"),
    Purpose.SEARCH: p_("her sheet", "to find a case"),
    Purpose.DOCUMENT: p_("her sheet", "to draw a paper"),
    Purpose.FOLLOW_UP: p_("her sheet", "to ask how you are"),
    Purpose.SUPERVISION: p_("her sheet", "to check the work"),
    Purpose.AUDIT: p_("her sheet", "to check who reads what"),
    Purpose.EMERGENCY: p_("her sheet", "because somebody was in danger"),
}


@dataclass(frozen=True)
class Opening:
    day: date
    body: str
    post: Text
    done: Text
    what: tuple[Text, ...]
    purpose: Text
    refused: bool


def openings_of(case: "Case") -> list[Opening]:
    """Day by day, the latest first; what one post did for one purpose on one day is one line. The machine is left out."""
    rows = ReadAudit.objects.filter(owner__in=owners_of(case), action__in=DONE).exclude(
        actor_role=Role.SYSTEM
    )
    found = list(rows.order_by("-at")[:MOST])
    ids = {row.actor_agency for row in found if row.actor_agency}
    bodies: dict[object, str] = {body.pk: str(body.name) for body in Agency.objects.filter(pk__in=ids)}
    return list(_lines(found, bodies))


def _lines(rows: list[ReadAudit], bodies: dict[object, str]) -> Iterator[Opening]:
    def key(row: ReadAudit) -> tuple[object, ...]:
        day = -timezone.localdate(row.at).toordinal()
        body = bodies.get(row.actor_agency, "")
        return day, body, row.actor_role, row.action, row.purpose, row.outcome != Outcome.OK

    for (day, body, post, action, purpose, refused), group in groupby(sorted(rows, key=key), key):
        tables = {row.table for row in group}
        what = tuple(words for table, words in WHAT.items() if table in tables)
        yield Opening(
            date.fromordinal(-int(str(day))), str(body), Role(str(post)).label, DONE[str(action)], what,
            FOR.get(str(purpose), p_("her sheet", "not stated")), bool(refused),
        )  # fmt: skip


REFUSED = _("Refused by the system: nothing was shown.")
