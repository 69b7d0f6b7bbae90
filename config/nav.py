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
REGISTERS: Row = (pgettext_lazy("nav", "Registers"), "registers:index", "g r")
BODIES: Row = (pgettext_lazy("nav", "Who answers"), "referrals:bodies", "g b")
REPORT: Row = (_("Report harm"), "mandatory_report:new", "g m")
LAW: Row = (pgettext_lazy("nav", "Law"), "law", "g w")
NUMBERS: Row = (_("Statistics"), "indicators:overview", "g n")
READS: Row = (pgettext_lazy("nav", "Who read what"), "agencies:reads", "g r")
PEOPLE: Row = (pgettext_lazy("nav", "People and postings"), "agencies:people", "g p")
AGENCIES: Row = (pgettext_lazy("nav", "Agencies"), "agencies:agencies", "g a")

BY_ROLE: dict[str, tuple[Row, ...]] = {
    "operator": (DESK, CALLS, CASES, REGISTERS, LAW),
    "caseworker": (TODAY, VISITS, CASES, DUE, SCREENING, REGISTERS, DESK, LAW),
    "lead": (TODAY, VISITS, CASES, DUE, SCREENING, REGISTERS, BODIES, NUMBERS, DESK, LAW),
    "liaison": (INBOX, REPORT, LAW),
    "supervisor": (NUMBERS,),
    "auditor": (READS,),
    "administrator": (PEOPLE, AGENCIES),
}
# What a body of this kind has besides.
BY_KIND: dict[str, tuple[Row, ...]] = {"civil_affairs": (SHELTER,)}


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str | Promise
    url: str
    chord: str
    current: bool


def items(role: str, path: str, kind: str = "") -> list[NavItem]:
    found = []
    for label, name, chord in (*BY_ROLE.get(role, ()), *(BY_KIND.get(kind, ()) if role == "liaison" else ())):
        try:
            found.append((label, reverse(name), chord))
        except NoReverseMatch:
            continue
    # The deepest address that the page lies under is the current one.
    here = max((url for _label, url, _chord in found if path.startswith(url)), key=len, default="")
    return [NavItem(label, url, chord, url == here) for label, url, chord in found]
