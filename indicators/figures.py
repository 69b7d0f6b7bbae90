"""The figures: which moves of which life each counts, and how it may be broken down. Nothing else is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from indicators import dimensions as d

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Only:
    """Steps one of whose facts has one of these codes."""

    facts: tuple[str, ...]
    codes: frozenset[str]

    def holds(self, facts: Mapping[str, Any]) -> bool:
        return any(not self.codes.isdisjoint(_codes(facts.get(name))) for name in self.facts)


@dataclass(frozen=True, slots=True)
class Figure:
    """`once`: only the first of these moves in a life counts; else every one does. `only`: all of these must hold.

    `weigh`: the fact that says how many a step stands for; without it each step is one.
    """

    key: str
    label: Text
    flow: str
    moves: tuple[str, ...]
    dims: tuple[d.Dimension, ...]
    counts: Text
    once: bool = False
    only: tuple[Only, ...] = ()
    weigh: str = ""

    def counts_step(self, facts: Mapping[str, Any]) -> bool:
        return all(one.holds(facts) for one in self.only)

    def weight(self, facts: Mapping[str, Any]) -> int:
        return int(facts.get(self.weigh) or 0) if self.weigh else 1


@dataclass(frozen=True, slots=True)
class ClockFigure:
    """Clocks with an outcome: kept, missed or not to be told. `statutory`: of the law, not of the house."""

    key: str
    label: Text
    statutory: bool
    counts: Text


def only(facts: str, *codes: object) -> Only:
    return Only(tuple(facts.split()), frozenset(str(code) for code in codes))


def _codes(value: Any) -> set[str]:
    return {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}


VIOLENCE = only("matter", "dv")
SEXUAL = only("matter forms", "sexual_harassment", "child_sexual_abuse", "sexual")
LEGAL_AID, GIVEN = only("service", "legal_aid"), only("outcome", "helped", "partly")
RELIEF = only("aid", "temporary", "subsistence", "medical", "school", "housing", "work", "gift")
GRAVE = only("offences grade", "232", "grave_1", "grave_2")
CRIME_MOVES = ("report", "opine", "certify", "file", "transfer", "prosecute", "convict")
WHO = (d.FORM, d.RELATION)
CALL_ENDS = ("advise", "decide_advised", "open_case", "join_case", "transfer", "keep_nothing")

GROUPS: tuple[tuple[Text, tuple[Figure, ...]], ...] = (
    (p_("statistics", "Hotline"), (
        Figure("calls_answered", _("Calls answered"), "call", ("answer",), (),
               _("Calls to the hotline that were answered, silent and wrong ones included.")),
        Figure("calls_ended", _("Calls concluded"), "call", CALL_ENDS, (d.OUTCOME, d.CALL_KIND, d.SAFETY, d.MATTER),
               _("Calls whose outcome has been recorded, with kind and safety as they stood then.")),
    )),
    (p_("statistics", "Cases"), (
        Figure("cases_opened", _("Cases opened"), "case", ("open",),
               (d.FORM, d.RELATION, d.MATTER, d.DANGER, d.CHANNEL, d.SEX, d.AGE, d.TOWN),
               _("Cases opened, with the circumstances known at that moment. A case stands under each form of violence it has.")),
        Figure("alarms_known", _("Alarms that reached us"), "case", ("open",), (d.DANGER, *WHO),
               _("Cases of domestic violence that the police passed on after an alarm."),
               only=(VIOLENCE, only("channel", "police_110"))),
        Figure("cases_assessed", _("Cases with danger assessed"), "case", ("assess",), (d.DANGER, *WHO),
               _("Cases whose danger was assessed for the first time, with the level found."), once=True),
        Figure("rights_informed", _("Told of the right to a protection order"), "case", ("inform_rights",), (),
               _("Cases in which she was told; a case counts once."), once=True),
        Figure("danger_escalated", _("High danger passed on"), "case", ("escalate",), (),
               _("Times that police and the superior federation were told of high danger.")),
        Figure("cases_closed", _("Cases closed"), "case", ("close",), (d.REASON, d.DANGER, *WHO),
               _("Closings with their reason; a case that is reopened and closed again counts again.")),
        Figure("cases_reopened", _("Cases reopened"), "case", ("reopen",), (), _("Reopenings of closed cases.")),
    )),
    (p_("statistics", "Warning letters"), (
        Figure("letters_asked", _("Letters asked for"), "warning_letter", ("request",), (d.LETTER_TYPE, *WHO),
               _("Requests to the police for a warning letter; letters are counted, not cases.")),
        Figure("letters_issued", _("Letters issued"), "warning_letter", ("issue",), (d.LETTER_TYPE, d.TOWN, *WHO),
               _("Warning letters the police issued.")),
        Figure("letters_served", _("Letters served"), "warning_letter", ("serve",), (d.UNSIGNED,),
               _("Warning letters served, signed or not.")),
        Figure("letters_criticised", _("Criticism instead of a letter"), "warning_letter", ("criticise",), (),
               _("Requests that ended in criticism and education.")),
        Figure("letters_refused", _("Letters refused"), "warning_letter", ("refuse",), (),
               _("Requests the police refused with a reason.")),
        Figure("letters_penalised", _("Public-security penalties"), "warning_letter", ("penalise", "punish"), (),
               _("Penalties in place of a letter or for violence after it; decisions are counted.")),
        Figure("letters_prosecuted", _("Taken up as a crime"), "warning_letter", ("prosecute", "prosecute_relapse"), (),
               _("Requests or letters that went on as a criminal matter.")),
        Figure("letters_taught", _("Legal education after a letter"), "warning_letter", ("record_education",), (),
               _("Talks with the perpetrator about the law after a letter, a penalty or criticism.")),
        Figure("letters_broken", _("Violence after a letter"), "warning_letter", ("visit_relapse", "report_relapse"), WHO,
               _("Letters after which new violence or defiance was recorded; a letter counts once."), once=True),
    )),
    (p_("statistics", "Protection orders"), (
        Figure("orders_filed", _("Applications filed"), "protection_order", ("file",),
               (d.LEGAL_BASIS, d.APPLICANT, d.PROXY, d.URGENT, d.TOWN, *WHO),
               _("Applications filed with a court; to extend or change an order is no new application.")),
        Figure("orders_accepted", _("Applications accepted"), "protection_order", ("accept",), (),
               _("Applications a court accepted.")),
        Figure("orders_granted", _("Orders made"), "protection_order", ("grant", "grant_after_all"), (d.MEASURES, *WHO),
               _("Orders made, after reconsideration too; an order counts once."), once=True),
        Figure("orders_dismissed", _("Applications dismissed"), "protection_order", ("dismiss",), (),
               _("Applications a court dismissed.")),
        Figure("orders_withdrawn", _("Applications withdrawn or ended"), "protection_order",
               ("withdraw", "deem_withdrawn", "terminate"), (), _("Applications that ended without a ruling.")),
        Figure("orders_served", _("Orders served"), "protection_order", ("serve",), (), _("Orders served on the parties.")),
        Figure("orders_extended", _("Orders extended"), "protection_order", ("extend",), (), _("Extensions by a court.")),
        Figure("orders_varied", _("Orders changed"), "protection_order", ("vary",), (), _("Changes by a court.")),
        Figure("orders_breached", _("Orders breached"), "protection_order", ("report_breach",), WHO,
               _("Orders with at least one recorded breach; an order counts once."), once=True),
        Figure("breaches_told", _("Breaches recorded"), "protection_order", ("report_breach",), (),
               _("Breaches of orders; each one counts.")),
        Figure("orders_sanctioned", _("Sanctions for breaches"), "protection_order", ("sanction",), (),
               _("Decisions of a court about a breach.")),
    )),
    (p_("statistics", "Visits and referrals"), (
        Figure("visits_done", _("Visits done"), "follow_up_visit", ("hold",), (d.BASIS, d.NEW_VIOLENCE),
               _("Follow-up visits that took place.")),
        Figure("visits_missed", _("Visits without contact"), "follow_up_visit", ("miss",), (d.BASIS,),
               _("Attempts at a follow-up visit in which nobody was reached.")),
        Figure("referrals_sent", _("Referrals sent"), "referral", ("send",), (d.SERVICE, d.URGENCY),
               _("Referrals sent to another body.")),
        Figure("referrals_accepted", p_("statistics", "Referrals accepted"), "referral", ("accept",), (d.SERVICE,),
               _("Referrals the other body accepted.")),
        Figure("referrals_heard", _("Referrals answered with yes or no"), "referral", ("accept", "refuse"), (),
               _("Referrals the other body accepted or sent back; a referral counts once, at its first answer."), once=True),
        Figure("referrals_refused", _("Referrals sent back"), "referral", ("refuse",), (),
               _("Referrals the other body sent back with a reason.")),
        Figure("referrals_done", _("Referrals answered"), "referral", ("finish",), (),
               _("Referrals answered with what was done.")),
        Figure("sexual_referred", _("Referrals after sexual violence"), "referral", ("send",), (d.SERVICE,),
               _("Referrals sent in cases of sexual violence or harassment."), only=(SEXUAL,)),
        Figure("aid_asked", _("Legal aid asked for"), "referral", ("send",), (),
               _("Requests for legal aid in cases of domestic violence."), only=(LEGAL_AID, VIOLENCE)),
        Figure("aid_granted", _("Legal aid granted"), "referral", ("accept", "allow"), (),
               _("Decisions to give legal aid in cases of domestic violence, after an objection too."),
               only=(LEGAL_AID, VIOLENCE)),
        Figure("aid_refused", _("Legal aid refused"), "referral", ("refuse", "uphold"), (),
               _("Decisions not to give legal aid in cases of domestic violence."), only=(LEGAL_AID, VIOLENCE)),
        Figure("counselling_given", _("Counselling given"), "referral", ("finish",), (),
               _("Referrals for counselling answered as given, in full or in part."),
               only=(only("service", "counselling"), GIVEN)),
        Figure("relief_given", _("Help with a livelihood given"), "referral", ("finish",), (),
               _("Referrals for a livelihood answered as given, in full or in part."),
               only=(only("service", "livelihood"), GIVEN)),
    )),
    (p_("statistics", "Mandatory reports"), (
        Figure("reports_made", _("Reports to the police"), "mandatory_report", ("report",), (d.UNIT, d.DUTY),
               _("Mandatory reports made to the police, by who found out.")),
        Figure("reports_missed", _("Reports that were owed and not made"), "mandatory_report", ("miss",), (d.MISSED_UNIT,),
               _("Cases in which a body that had to report knew and did not report.")),
        Figure("reports_sanctioned", _("Sanctions for not reporting"), "mandatory_report", ("sanction",), (),
               _("Sanctions against bodies or persons that did not report.")),
    )),
    (p_("statistics", "Emergency shelter"), (
        Figure("shelter_taken_in", _("Stays begun"), "shelter_stay", ("admit", "take_into_care"), (d.SHELTER_FOR, d.SHELTER_BY),
               _("Stays in the shelter, temporary guardianship included.")),
        Figure("shelter_people", _("People taken in"), "shelter_stay", ("admit", "take_into_care"), (),
               _("People taken in, children with their mother included."), weigh="persons"),
        Figure("shelter_left", _("Stays ended"), "shelter_stay", ("leave", "hand_over"), (d.SHELTER_EXIT, d.NIGHTS),
               _("Stays that ended, with how she left.")),
        Figure("shelter_nights", _("Nights of ended stays"), "shelter_stay", ("leave", "hand_over"), (),
               _("Nights of the stays that ended in the month."), weigh="shelter_days"),
        Figure("shelter_full", _("No place found"), "shelter_stay", ("no_place",), (d.NO_PLACE,),
               _("Requests to which a shelter answered that it has no fitting place.")),
    )),
    (p_("statistics", "Crime and police bans"), (
        Figure("crimes_reported", _("Criminal matters"), "criminal_track", ("report",), (), _("Criminal matters recorded.")),
        Figure("crimes_filed", _("Criminal cases filed"), "criminal_track", ("file", "reopen"), (),
               _("Decisions of the police to file, after supervision too.")),
        Figure("crimes_passed", _("Passed on for prosecution"), "criminal_track", ("transfer",), (),
               _("Criminal cases passed on to the procuratorate.")),
        Figure("crimes_convicted", _("Convictions"), "criminal_track", ("convict",), (), _("Convictions, before an appeal.")),
        Figure("grave_crimes", _("Grave cases"), "criminal_track", CRIME_MOVES, (),
               _("Criminal matters with a killing or a grave injury, in the month this was first recorded."),
               once=True, only=(GRAVE,)),
        Figure("bans_made", _("No-contact orders of the police"), "no_contact_order", ("order", "learn"), (),
               _("No-contact orders the police made.")),
        Figure("bans_breached", _("No-contact orders breached"), "no_contact_order", ("report_breach",), (),
               _("No-contact orders with at least one recorded breach; an order counts once."), once=True),
    )),
    (p_("statistics", "Perpetrators, watch and screening"), (
        Figure("sessions_held", _("Sessions with perpetrators"), "perpetrator_intervention", ("record_session",), (d.PROGRAMME,),
               _("Sessions the perpetrator came to."), only=(only("attended", "came"),)),
        Figure("watch_begun", _("Put on the watch list"), "key_watch", ("confirm",), (), _("Households put on the watch list.")),
        Figure("watch_reviewed", _("Watch reviewed in time"), "key_watch", ("review",), (),
               _("Reviews of a household on the watch list, before its time ran out.")),
        Figure("watch_lapsed", _("Watch ended without a review"), "key_watch", ("expire",), (),
               _("Households whose time ran out and that nobody had reviewed.")),
        Figure("watch_ended", _("Off the watch list"), "key_watch", ("lift", "expire"), (),
               _("Households taken off the watch list or whose time ran out.")),
        Figure("rounds_done", _("Screening rounds finished"), "screening_round", ("finish",), (),
               _("Screening rounds that were finished.")),
        Figure("homes_checked", _("Households screened"), "screening_round", ("check",), (),
               _("Households for which a result was entered."), weigh="how_many"),
        Figure("homes_found", _("Households with violence found"), "screening_round", ("check",), (),
               _("Households in which a screening found violence or an emergency."), weigh="how_many",
               only=(only("result", "found", "emergency"),)),
    )),
    (p_("statistics", "Recovery, interviews and joint work"), (
        Figure("recovery_begun", _("Recovery plans begun"), "recovery_plan", ("agree",), (), _("Recovery plans she agreed to.")),
        Figure("recovery_sessions", _("Recovery sessions"), "recovery_plan", ("record_session",), (),
               _("Counselling, crisis, group, child and family sessions somebody took part in."),
               only=(only("attendance", "came"),)),
        Figure("relief_asked", _("Relief asked for"), "recovery_plan", ("ask_for_aid",), (),
               _("Requests for relief, allowances and other help in a recovery plan; judicial assistance stands apart."),
               only=(RELIEF,)),
        Figure("judicial_asked", _("Judicial assistance asked for"), "recovery_plan", ("ask_for_aid",), (),
               _("Requests for judicial assistance in a recovery plan."), only=(only("aid", "judicial"),)),
        Figure("judicial_given", _("Judicial assistance given"), "recovery_plan", ("record_answer",), (),
               _("Recovery plans in which judicial assistance was granted, wholly or in part; a plan counts once."),
               once=True, only=(only("aid", "judicial"), only("answer", "granted", "partly"))),
        Figure("interviews_held", _("Interviews held"), "interview", ("hold",), (),
               _("Interviews with a person harmed, repeated ones included.")),
        Figure("talks_held", _("Joint talks"), "joint_talk", ("hold",), (), _("Joint talks held with an employer.")),
        Figure("conferences_held", _("Case conferences"), "case_conference", ("hold",), (),
               _("Conferences of several bodies on one case.")),
        Figure("meetings_held", _("Joint meetings"), "joint_meeting", ("hold",), (),
               _("Joint meetings of the bodies that work together.")),
        Figure("bulletins_sent", _("Bulletins sent"), "bulletin", ("send",), (),
               _("Bulletins sent to the bodies that work together.")),
        Figure("examples_published", _("Cases published"), "published_case", ("publish",), (),
               _("Cases published as an example, with nobody to be recognised.")),
    )),
    (p_("statistics", "Mediation, petitions and supervision"), (
        Figure("mediations_begun", _("Family mediations begun"), "family_mediation", ("plan",), (),
               _("Family disputes taken into mediation.")),
        Figure("mediations_agreed", _("Agreements reached"), "family_mediation", ("agree",), (),
               _("Mediations that ended in a signed agreement.")),
        Figure("mediations_turned", _("Turned into a violence case"), "family_mediation", ("convert",), (),
               _("Mediations in which violence came to light.")),
        Figure("petitions_received", _("Petitions received"), "petition", ("register",), (d.PETITION,),
               _("Petitions registered.")),
        Figure("petitions_concluded", _("Petitions answered in writing"), "petition", ("conclude",), (d.PETITION_RESULT,),
               _("Written opinions on petitions.")),
        Figure("demands_sent", _("Bodies asked to act"), "supervision", ("send",), (d.SUPERVISION,),
               _("Written requests of the federation that a body deal with a violation of women's rights.")),
        Figure("clues_passed", _("Clues passed to the procuratorate"), "supervision", ("pass_clue",), (),
               _("Clues for public-interest litigation.")),
        Figure("inspections_asked", _("Inspections asked for"), "supervision", ("ask_inspection",), (),
               _("Requests to the government to inspect.")),
        Figure("wards_filed", _("Guardianship: applications filed"), "guardianship", ("file",), (),
               _("Applications to revoke a guardianship, filed with a court.")),
        Figure("wards_revoked", _("Guardianship revoked"), "guardianship", ("revoke",), (), _("Guardianships a court revoked.")),
    )),
)  # fmt: skip

CLOCKS = (
    ClockFigure("clocks_law", _("Time limits of the law"), True,
                _("Duties with a time limit set by law. Kept ones count in the month they were done, missed ones in the "
                  "month the time ran out; where the recorded times cannot tell, they stand apart. Rights are not counted.")),
    ClockFigure("clocks_policy", _("Targets of the house"), False,
                _("Targets the federation has set itself where the law gives no number. Missing one breaks no law.")),
)  # fmt: skip
FIGURES = {figure.key: figure for _label, figures in GROUPS for figure in figures}
CLOCK_FIGURES = {figure.key: figure for figure in CLOCKS}


def counting(flow: str, move: str) -> list[Figure]:
    """The figures a step of this move counts in."""
    return BY_MOVE.get((flow, move), [])


BY_MOVE: dict[tuple[str, str], list[Figure]] = {}
for _figure in FIGURES.values():
    for _move in _figure.moves:
        BY_MOVE.setdefault((_figure.flow, _move), []).append(_figure)
