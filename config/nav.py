"""What each role finds in the bar: label, url name, the key after `g`. A page not yet there is left out."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Row = tuple[str | Promise, str, str]

DESK: Row = (_("Hotline desk"), "hotline:desk", "g d")
CALLS: Row = (_("Calls"), "hotline:calls", "g l")
TODAY: Row = (_("Today"), "casework:today", "g t")
CASES: Row = (_("Cases"), "casework:list", "g c")
DUE: Row = (_("Deadlines"), "casework:due", "g e")
VISITS: Row = (_("Visits"), "follow_up_visit:today", "g v")
SHELTER: Row = (_("Shelter"), "shelter_stay:screen", "g s")
INBOX: Row = (_("Inbox"), "casework:inbox", "g i")
SCREENING: Row = (_("Screening rounds"), "screening_round:list", "g s")
EMERGENCY: Row = (_("Emergency access"), "casework:emergency", "g x")
REGISTERS: Row = (pgettext_lazy("nav", "Registers"), "registers:index", "g r")
TOGETHER: Row = (_("Joint work"), "together:home", "g w")
BODIES: Row = (pgettext_lazy("nav", "Who answers"), "referrals:bodies", "g b")
RETENTION: Row = (pgettext_lazy("nav", "Retention"), "casework:retention", "g k")
EXPORTS: Row = (pgettext_lazy("nav", "Exports"), "exports:list", "g f")
REPORT: Row = (_("Report harm"), "mandatory_report:new", "g m")
LAW: Row = (pgettext_lazy("nav", "Law"), "law", "g a")
NUMBERS: Row = (_("Statistics"), "indicators:overview", "g n")
PLAN: Row = (pgettext_lazy("nav", "Plan"), "monitor:board", "g o")
READS: Row = (pgettext_lazy("nav", "Who read what"), "agencies:reads", "g r")
WATCH: Row = (_("Alerts of the register"), "agencies:alerts", "g y")
AT_THE_DOOR: Row = (_("Alerts at the door"), "agencies:alerts", "g y")
PEOPLE: Row = (pgettext_lazy("nav", "People and postings"), "agencies:people", "g p")
AGENCIES: Row = (pgettext_lazy("nav", "Agencies"), "agencies:agencies", "g a")

BY_ROLE: dict[str, tuple[Row, ...]] = {
    "operator": (DESK, CALLS, CASES),
    "caseworker": (TODAY, VISITS, CASES, DUE, DESK),
    "lead": (TODAY, VISITS, CASES, DUE, DESK, NUMBERS),
    "liaison": (INBOX, REPORT),
    "supervisor": (NUMBERS, PLAN),
    "auditor": (READS, WATCH),
    "administrator": (PEOPLE, AGENCIES, AT_THE_DOOR),
}
# What is needed now and then: folded under "More".
MORE: dict[str, tuple[Row, ...]] = {
    "operator": (REGISTERS, EMERGENCY, LAW),
    "caseworker": (SCREENING, TOGETHER, REGISTERS, EXPORTS, EMERGENCY, LAW),
    "lead": (SCREENING, TOGETHER, BODIES, REGISTERS, WATCH, EXPORTS, RETENTION, EMERGENCY, PLAN, LAW),
    "liaison": (PLAN, LAW),
}
# What a body of this kind has besides.
BY_KIND: dict[str, tuple[Row, ...]] = {"civil_affairs": (SHELTER,)}


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str | Promise
    url: str
    chord: str
    current: bool
    more: bool = False


def items(role: str, path: str, kind: str = "") -> list[NavItem]:
    found, more = [], MORE.get(role, ())
    kinds = BY_KIND.get(kind, ()) if role == "liaison" else ()
    for row in (*BY_ROLE.get(role, ()), *kinds, *more):
        try:
            found.append((row[0], reverse(row[1]), row[2], row in more))
        except NoReverseMatch:
            continue
    # The deepest address that the page lies under is the current one.
    here = max((url for _label, url, *_rest in found if path.startswith(url)), key=len, default="")
    return [NavItem(label, url, chord, url == here, folded) for label, url, chord, folded in found]
