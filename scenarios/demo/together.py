"""What the house does together with others in the demonstration: conferences, a talk, meetings, bulletins, a story."""

from datetime import timedelta
from typing import Any

from agencies.models import Agency
from casework import services
from casework.codes import Danger
from casework.measures.bulletin.models import Bulletin
from casework.measures.case_conference.models import CaseConference
from casework.measures.joint_meeting.models import JointMeeting
from casework.measures.joint_talk.models import JointTalk
from casework.measures.published_case.models import PublishedCase
from casework.models import Case
from scenarios.demo.people import somebody
from scenarios.demo.stories import Teller
from workflow.engine import begin, perform
from workflow.when import When

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LABOUR, UNION = "扎赉诺尔区人力资源和社会保障局", "扎赉诺尔区总工会"


def tell_together(teller: Teller) -> None:
    ours = Case.objects.visible_to(teller.cast.caseworker)
    dangerous = ours.filter(danger=Danger.HIGH, state="active")
    for number, case in enumerate(dangerous.order_by("-created_at")[:2]):
        _conference(teller, case, held=number == 1)
    _talk(teller)
    _meetings(teller)
    _bulletin(teller)
    closed = ours.filter(state="closed").first()
    if closed is not None:
        begin(
            PublishedCase, actor=teller.cast.caseworker, case=closed, heading="一张保护令", place_told="region", traits=[],
            text="某年冬天，一位妇女拨打12338求助。妇联陪她申请人身安全保护令，派出所上门送达，她和孩子开始了平静的生活。",
        )  # fmt: skip


def _conference(teller: Teller, case: Case, *, held: bool) -> None:
    """One with its day still to come; one held, with an action of the police and one of our own."""
    cast, began = teller.cast, teller.now - 4 * DAY
    one: CaseConference = begin(
        CaseConference, actor=cast.caseworker, case=case, ground="high_danger", basis="urgent",
        brief="危险等级为高危致命，请各单位带来掌握的出警、查访情况。", **teller.at(began),
    )  # fmt: skip
    bodies = [cast.police.agency_id, cast.court.agency_id]
    meets_at = began + DAY if held else teller.now + 2 * DAY
    perform(one, "call", actor=cast.lead, meets_at=meets_at, place="区妇联会议室", invited=bodies, now=began)
    if not held:
        perform(one, "confirm", actor=cast.court, now=began + HOUR)
        return
    minutes = "研判认为近期再次伤害的可能性大。公安负责巡查，妇联负责安全计划和陪同。"
    perform(
        one, "hold", actor=cast.caseworker, attended=bodies, minutes=minutes, **teller.at(meets_at + HOUR)
    )
    actions = (
        (cast.police.agency_id, "每日巡查，接警后优先处置", 4),
        (one.home_id, "更新安全计划，陪同就医", 6),
    )
    for body, action, days in actions:
        due = (teller.now + days * DAY).date()
        what: dict[str, Any] = {"body": str(body), "action": action, "due": due}
        perform(one, "add_action", actor=cast.caseworker, now=meets_at + HOUR, **what)
    perform(one, "sign", actor=cast.lead, **teller.at(meets_at + 5 * HOUR))


def _talk(teller: Teller) -> None:
    """An employer called to a talk twelve days ago, with its time still running."""
    cast, began = teller.cast, teller.now - 20 * DAY
    bodies = {body.name: body.pk for body in Agency.objects.filter(name__in=(LABOUR, UNION))}
    case = services.open_case(
        actor=cast.caseworker, at=When.instant(began), channel="walk_in", matter="employment_discrimination",
        area=teller.rng.choice(teller.areas),
    )  # fmt: skip
    woman = somebody(teller.rng, "f", 29, began.year)
    services.add_person(case, actor=cast.caseworker, role="victim", name=woman.name, sex="f", age=29)
    talk: JointTalk = begin(
        JointTalk, actor=cast.caseworker, case=case, subject="pregnancy", employer="某商贸有限公司",
        facts_of_matter="该女职工怀孕后被调离原岗位，每月少发工资八百元。", demand="恢复原岗位，补发工资差额。",
        labour_office=bodies.get(LABOUR), union=bodies.get(UNION), **teller.at(began),
    )  # fmt: skip
    if LABOUR not in bodies:
        return
    perform(talk, "propose", actor=cast.lead, **teller.at(began + DAY))
    day = began + 8 * DAY
    perform(
        talk, "call", actor=cast.caseworker, talk_on=day, place="区人社局会议室", **teller.at(began + 2 * DAY)
    )
    perform(
        talk, "hold", actor=cast.caseworker, rectify_by=(teller.now + 5 * DAY).date(), said="承认调岗不当，同意补发。",
        **teller.at(day),
    )  # fmt: skip


def _meetings(teller: Teller) -> None:
    """Last quarter's, with a resolution of the police under way; the next one invited."""
    cast = teller.cast
    bodies = [cast.police.agency_id, cast.court.agency_id, cast.legal_aid.agency_id]
    for weeks, kind in ((-6, "regular"), (1, "special")):
        meets_at, now = teller.now + weeks * 7 * DAY, teller.now + min(weeks * 7 - 7, -1) * DAY
        one: JointMeeting = begin(
            JointMeeting, actor=cast.caseworker, agency_id=cast.caseworker.agency_id, kind=kind, meets_at=meets_at,
            place="区妇联会议室", agenda="一、通报季度情况；二、研究告诫书抄送衔接。", invited=bodies, **teller.at(now),
        )  # fmt: skip
        perform(one, "call", actor=cast.lead, now=now)
        if weeks < 0:
            later = meets_at + HOUR
            minutes = "会议同意建立告诫书抄送机制。"
            perform(one, "hold", actor=cast.caseworker, attended=bodies, minutes=minutes, **teller.at(later))
            due = (teller.now + 9 * DAY).date()
            what: dict[str, Any] = {
                "body": str(cast.police.agency_id),
                "text": "每月五日前抄送上月告诫书情况",
                "due": due,
            }
            perform(one, "resolve", actor=cast.caseworker, now=later, **what)
            perform(one, "sign", actor=cast.lead, **teller.at(later + DAY))


def _bulletin(teller: Teller) -> None:
    """One on its way to those who have not confirmed it, one that waits for its check."""
    cast = teller.cast
    for number, heading in enumerate(("上季度维权工作简报", "反家暴宣传月工作简报")):
        now = teller.now - (9 - 4 * number) * DAY
        one: Bulletin = begin(
            Bulletin, actor=cast.caseworker, agency_id=cast.caseworker.agency_id, kind="brief", heading=heading,
            text="来电受理、危险评估、告诫书衔接等工作平稳推进，各单位反馈及时。", **teller.at(now),
        )  # fmt: skip
        if number == 0:
            clean: dict[str, Any] = {"no_names": True, "no_puzzle": True, "no_cells": True}
            perform(one, "check", actor=cast.lead, now=now + HOUR, **clean)
            perform(one, "approve", actor=cast.lead, now=now + 2 * HOUR)
            recipients = [cast.police.agency_id, cast.court.agency_id]
            perform(one, "send", actor=cast.caseworker, recipients=recipients, now=now + 3 * HOUR)
            perform(one, "acknowledge", actor=cast.court, now=now + DAY)
