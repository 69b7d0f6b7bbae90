"""By what a figure may be broken down. Every code comes from the step itself, as it was recorded then.

Codes are kept as they were; what is published are groups of them, few and fixed, in a fixed order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.codes import AgeBand as A
from casework.codes import Channel as C
from casework.codes import ClosingReason, Danger, Form, Sex
from casework.codes import Matter as M
from casework.codes import Relation as R
from casework.measures.follow_up_visit.codes import Basis
from casework.measures.mandatory_report.codes import Duty
from casework.measures.mandatory_report.codes import Unit as U
from casework.measures.perpetrator_intervention.codes import Programme
from casework.measures.petition.codes import Category, Result
from casework.measures.shelter_stay.codes import ExitMode, NoPlace
from casework.measures.shelter_stay.codes import Source as ShelterSource
from casework.measures.shelter_stay.codes import Subject as ShelterSubject
from casework.measures.supervision.models import Subject as SupervisionSubject
from casework.measures.warning_letter.models import LetterType
from hotline.codes import CallKind, Safety
from hotline.workflow import S as CallState
from protection_orders.codes import Applicant, ProxyBy
from protection_orders.codes import Basis as LegalBasis
from protection_orders.codes import Measure as OrderMeasure
from referrals.codes import Service, Urgency
from workflow.models import StepRecord

Text = str | Promise
UNSTATED = "unstated"
REST = p_("statistics", "Other or not stated")


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    label: Text
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dimension:
    """`fact`: the name in StepRecord.facts; `many`: one thing can have several codes.

    The last group takes what stands in no other, so that the groups of a single code add up.
    """

    key: str
    label: Text
    fact: str
    groups: tuple[Group, ...] = ()
    many: bool = False
    rest: Text = REST

    def codes(self, step: StepRecord) -> list[str]:
        """The codes of this step, as they are stored."""
        value = step.to_state if self.fact == "to_state" else step.facts.get(self.fact)
        if not self.many:
            return [_code(value)]
        return sorted({_code(one) for one in value or ()}) or [""]

    def all_groups(self) -> tuple[Group, ...]:
        return (*self.groups, Group(UNSTATED, self.rest, frozenset()))

    def folded(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Counts by code -> counts by group, every group present."""
        place = {code: group.code for group in self.groups for code in group.codes}
        found = dict.fromkeys((group.code for group in self.all_groups()), 0)
        for code, n in counts.items():
            found[place.get(code, UNSTATED)] += n
        return found


def _code(value: Any) -> str:
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)[:64]


def each(choices: Iterable[models.TextChoices]) -> tuple[Group, ...]:
    """A group for every code."""
    return tuple(Group(str(one.value), one.label, frozenset({str(one.value)})) for one in choices)


def group(code: str, label: Text, *codes: str) -> Group:
    return Group(code, label, frozenset(str(one) for one in codes))


YES_NO = (group("yes", _("Yes"), "yes"), group("no", _("No"), "no"))
MATTERS = (
    group("dv", M.DV.label, M.DV),
    group("child", p_("statistics", "Harm to a child"), M.CHILD_ABUSE, M.CHILD_SEXUAL_ABUSE),
    group("elder", M.ELDER_ABUSE.label, M.ELDER_ABUSE),
    group("stalking", M.STALKING.label, M.STALKING),
    group("harassment", M.SEXUAL_HARASSMENT.label, M.SEXUAL_HARASSMENT),
    group("work_property", p_("statistics", "Employment, property and land"), M.EMPLOYMENT, M.PROPERTY),
)
RELATIONS = (
    group("spouse", R.SPOUSE.label, R.SPOUSE),
    group("ex_spouse", R.EX_SPOUSE.label, R.EX_SPOUSE),
    group("partner", p_("statistics", "Cohabiting or dating, now or before"), R.COHABITANT, R.EX_COHABITANT, R.DATING),
    group("parent_child", R.PARENT_CHILD.label, R.PARENT_CHILD),
    group("family", p_("statistics", "Other family or household"), R.SIBLING, R.GRANDPARENT, R.MATERNAL_GRANDPARENT,
          R.HOUSEHOLD, R.GUARDIAN, R.IN_LAW),
    group("outside", p_("statistics", "Outside the family"), R.WORKPLACE, R.ACQUAINTANCE, R.BODY),
)  # fmt: skip
CHANNELS = (
    group("hotline", C.HOTLINE.label, C.HOTLINE),
    group("direct", p_("statistics", "In person, by letter or online"), C.WALK_IN, C.LETTER, C.ONLINE),
    group("justice", p_("statistics", "Police, court or procuratorate"), C.POLICE_110, C.COURT, C.PROCURATORATE),
    group("school_hospital", p_("statistics", "School or hospital"), C.SCHOOL, C.HOSPITAL),
    group("community", p_("statistics", "Community, employer or federation visit"), C.COMMITTEE, C.GRID, C.WF_VISIT, C.WORKPLACE,
          C.WORKPLACE_AND_COMMITTEE, C.MEDIATION, C.SOCIAL_WORK),
)  # fmt: skip
CALL_KINDS = (
    *each((CallKind.SELF, CallKind.BYSTANDER, CallKind.INSTITUTION, CallKind.SILENT)),
    group("nothing", p_("statistics", "Hung up, abusive, wrong number or thanks"), CallKind.HANG_UP, CallKind.ABUSIVE,
          CallKind.WRONG, CallKind.THANKS),
)  # fmt: skip
PROXIES = (
    group("wf", ProxyBy.FEDERATION.label, ProxyBy.FEDERATION),
    group("relative", ProxyBy.RELATIVE.label, ProxyBy.RELATIVE),
    group("body", p_("statistics", "Another body"), ProxyBy.POLICE, ProxyBy.COMMITTEE, ProxyBy.RELIEF, ProxyBy.CIVIL_AFFAIRS,
          ProxyBy.DISABLED, ProxyBy.AGED),
)  # fmt: skip
AGES = (
    group("minor", p_("statistics", "Under 18"), A.UNDER_6, A.UNDER_14, A.UNDER_18),
    group("18-29", A.UNDER_30.label, A.UNDER_30),
    group("30-44", A.UNDER_45.label, A.UNDER_45),
    group("45-59", A.UNDER_60.label, A.UNDER_60),
    group("60+", A.OLDER.label, A.OLDER),
)  # fmt: skip
NIGHT_BANDS = (
    group("0-2", p_("statistics", "Up to 2 nights"), *range(3)),
    group("3-10", p_("statistics", "3 to 10 nights"), *range(3, 11)),
    group("11-30", p_("statistics", "11 to 30 nights"), *range(11, 31)),
    group("31+", p_("statistics", "More than 30 nights"), *range(31, 1000)),
)  # fmt: skip
UNITS = (
    group("school", p_("statistics", "School, kindergarten or child care"), U.SCHOOL, U.KINDERGARTEN, U.TRAINING),
    group("hospital", U.HOSPITAL.label, U.HOSPITAL),
    group("committee", U.COMMITTEE.label, U.COMMITTEE),
    group("welfare", p_("statistics", "Social work, relief or welfare"), U.SOCIAL_WORK, U.RELIEF, U.WELFARE),
    group("state", p_("statistics", "State organ or women's federation"), U.STATE, U.FEDERATION),
    group("hotel", U.HOTEL.label, U.HOTEL),
    group("citizen", U.CITIZEN.label, U.CITIZEN),
)  # fmt: skip

FORM = Dimension("form", p_("statistics", "Form of violence"), "forms", each(Form), many=True)
RELATION = Dimension("relation", p_("statistics", "Relation of the perpetrator"), "relation", RELATIONS)
MATTER = Dimension("matter", p_("statistics", "Matter"), "matter", MATTERS)
DANGER = Dimension("danger", p_("statistics", "Danger"), "danger", each(Danger))
CHANNEL = Dimension("channel", p_("statistics", "How it came in"), "channel", CHANNELS)
SEX = Dimension("sex", p_("statistics", "Sex"), "sex", each((Sex.FEMALE, Sex.MALE)))
AGE = Dimension("age", p_("statistics", "Age"), "age_band", AGES)
NIGHTS = Dimension("nights", p_("statistics", "How long she stayed"), "shelter_days", NIGHT_BANDS)
TOWN = Dimension("town", p_("statistics", "Town"), "town", rest=p_("statistics", "Elsewhere or not stated"))
REASON = Dimension("reason", p_("statistics", "Reason for closing"), "closing_reason", each(ClosingReason))
OUTCOME = Dimension(
    "outcome",
    p_("statistics", "Outcome of the call"),
    "to_state",
    each(s for s in CallState if s not in (CallState.OPEN, CallState.RECEIVED)),
)
CALL_KIND = Dimension("call_kind", p_("statistics", "Kind of call"), "call_kind", CALL_KINDS)
SAFETY = Dimension("safety", p_("statistics", "Safe at the time of the call"), "safety", each(Safety))
LETTER_TYPE = Dimension("letter_type", p_("statistics", "Type of letter"), "letter_type", each(LetterType))
UNSIGNED = Dimension("refused_to_sign", p_("statistics", "Refused to sign"), "refused_to_sign", YES_NO)
LEGAL_BASIS = Dimension("legal_basis", p_("statistics", "Legal basis"), "legal_basis", each(LegalBasis))
APPLICANT = Dimension("applicant", p_("statistics", "Who applied"), "applicant", each(Applicant))
PROXY = Dimension(
    "proxy", p_("statistics", "Proxy"), "proxy_by", PROXIES, rest=p_("statistics", "No proxy, or not stated")
)
URGENT = Dimension("urgent", p_("statistics", "Urgent"), "urgent", YES_NO)
MEASURES = Dimension(
    "measures", p_("statistics", "Measures ordered"), "measures", each(OrderMeasure), many=True
)
BASIS = Dimension("basis", p_("statistics", "Why the visit"), "basis", each(Basis))
NEW_VIOLENCE = Dimension("new_violence", p_("statistics", "New violence found"), "new_violence", YES_NO)
SERVICE = Dimension("service", p_("statistics", "Service"), "service", each(Service))
URGENCY = Dimension("urgency", p_("statistics", "How soon"), "urgency", each(Urgency))
UNIT = Dimension("unit", p_("statistics", "Who found out"), "unit", UNITS)
MISSED_UNIT = Dimension("missed_unit", p_("statistics", "Who had to report"), "missed_unit", UNITS)
DUTY = Dimension("duty", p_("statistics", "Who was harmed"), "duty", each(Duty))
SHELTER_FOR = Dimension("shelter_for", p_("statistics", "For whom"), "subject", each(ShelterSubject))
SHELTER_BY = Dimension("shelter_by", p_("statistics", "Who brought her"), "source", each(ShelterSource))
SHELTER_EXIT = Dimension("shelter_exit", p_("statistics", "How she left"), "exit_mode", each(ExitMode))
NO_PLACE = Dimension("no_place", p_("statistics", "Why there was no place"), "why_no_place", each(NoPlace))
PROGRAMME = Dimension("programme", p_("statistics", "Kind of work"), "programme", each(Programme))
PETITION = Dimension("petition", p_("statistics", "Kind of petition"), "category", each(Category))
PETITION_RESULT = Dimension("petition_result", p_("statistics", "Result"), "result", each(Result))
SUPERVISION = Dimension("supervision", p_("statistics", "Matter"), "subject", each(SupervisionSubject))
