"""What the desk can say before saving: the danger so far, the words to use, and what saving would start."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.codes import PARTNERS, Danger, Flag, Language, Matter, Relation, Wish
from casework.tools import RANK, current_tool, score
from hotline.codes import NOT_FOR_ORDERS, Answer, Safety, Tap
from hotline.wishes import REFERRALS
from referrals.codes import Service
from workflow.rules import ClockData, rule_data

Text = str | Promise


@dataclass(frozen=True)
class Line:
    """Something saving starts: a clock of the law or of the house."""

    text: Text
    clock: ClockData | None = None


@dataclass(frozen=True)
class Outlook:
    level: str
    applies: bool
    yes: int
    of: int
    flags: int
    unknown: int
    script: list[Text]
    starts: list[Line]
    safety: str
    in_danger: bool

    @property
    def silent(self) -> bool:
        return self.safety == Safety.CANNOT_SPEAK

    @property
    def high(self) -> bool:
        return self.level == Danger.HIGH


def outlook_of(typed: Mapping[str, Any]) -> Outlook:
    """`typed`: the desk as it stands, right or wrong."""
    tool = current_tool()
    answers = {item.key: str(typed.get(f"danger_{item.key}") or "unknown") for item in tool.items}
    answers = {key: answer if answer in Answer.values else "unknown" for key, answer in answers.items()}
    result = score(tool, answers)
    flags = sum(answers[item.key] == "yes" for item in tool.items if item.flag)
    applies = scale_applies(typed)
    level = result.level if applies else Danger.NOT_APPLICABLE
    judged = str(typed.get("judged_level") or "")
    if judged in RANK and RANK[Danger(judged)] > RANK[Danger(level)]:
        level = judged
    safety = str(typed.get("safety") or "")
    safety = safety if safety in Safety.values else ""
    return Outlook(
        level=level, applies=applies, yes=result.yes_count, of=sum(not i.flag for i in tool.items), flags=flags,
        unknown=result.unknown_count, script=_script(typed, level), starts=_starts(typed, level),
        safety=safety, in_danger=safety == Safety.UNSAFE or typed.get(f"tap_{Tap.DANGER}") == Answer.YES,
    )  # fmt: skip


def scale_applies(typed: Mapping[str, Any]) -> bool:
    """The scale speaks of partners only (law.md 14)."""
    relation, matter = typed.get("relation") or Relation.NOT_STATED, typed.get("matter") or Matter.DV
    return relation in {*PARTNERS, Relation.NOT_STATED} and matter in {Matter.DV, Matter.STALKING}


def _rights_owed(typed: Mapping[str, Any]) -> bool:
    return not typed.get("rights_informed") and typed.get("matter") not in NOT_FOR_ORDERS


def _script(typed: Mapping[str, Any], level: str) -> list[Text]:
    safety = typed.get("safety")
    if safety == Safety.UNSAFE:
        return [
            _("“Where are you now? Is there a room with a door that locks?”"),
            _("“I am calling 110 for you. Stay on the line if you can.”"),
            _("“Are the children with you? Does he have a knife or anything like it?”"),
        ]
    if safety == Safety.CANNOT_SPEAK:
        return [
            _("“You need not speak. Press any key once for yes, twice for no.”"),
            _("“If somebody comes, say: wrong number. I will understand.”"),
        ]
    if level == Danger.HIGH:
        return [
            _("“What you tell me is serious. I believe you, and it is not your fault.”"),
            _("“Tonight the most important thing is a safe place. Let us plan it together.”"),
        ]
    return [
        _("“I am listening. You decide what we do; I tell you what is possible.”"),
        _("“Is this a good number, and when is it safe to call you back?”"),
        _("“You can ask the court for a protection order. It costs nothing and needs no divorce.”"),
    ]


def _starts(typed: Mapping[str, Any], level: str) -> list[Line]:
    wishes, flags = set(typed.get("wishes") or ()), set(typed.get("flags") or ())
    lines = []
    if level == Danger.HIGH:
        lines.append(Line(_("Tell police and the superior federation"), rule_data("wf_high_risk_escalation")))
    if Flag.MINOR in flags or typed.get("matter") in (Matter.CHILD_ABUSE, Matter.CHILD_SEXUAL_ABUSE):
        lines.append(Line(_("Report to police at once: a child"), rule_data("mr_minor_report")))
    if Flag.INCAPABLE in flags:
        lines.append(
            Line(_("Report to police: a person without full capacity"), rule_data("mr_incapable_report"))
        )
    if _rights_owed(typed):
        lines.append(Line(_("Tell her about the protection order"), rule_data("ppo_inform_right")))
    if Wish.POLICE in wishes:
        lines.append(Line(_("Task, due at once: report to police for her")))
    if Wish.SHELTER in wishes:
        lines.append(Line(_("Draft: find a bed"), rule_data("shelter_emergency_help")))
    if Wish.LETTER in wishes:
        lines.append(
            Line(_("Draft: request for a warning letter; the 72 hours run from acceptance by police"))
        )
    if Wish.ORDER in wishes:
        lines.append(
            Line(
                _("Draft: application for a protection order; the 72 hours run from acceptance by the court")
            )
        )
    asked = [str(Service(REFERRALS[wish][0]).label) for wish in wishes if wish in REFERRALS]
    if typed.get("language") not in (None, "", Language.CHINESE):
        asked.append(str(Service.INTERPRETER.label))
    lines += [Line(_("Draft of a referral: %(what)s") % {"what": what}) for what in sorted(asked)]
    return lines
