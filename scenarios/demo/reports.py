"""Mandatory reports of the demonstration: one fresh, one with the police, one answered, one chased, one missed."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.measures.mandatory_report.codes import Duty, Unit
from casework.measures.mandatory_report.intake import submit
from casework.measures.mandatory_report.models import MandatoryReport
from scenarios.demo.people import somebody
from scenarios.demo.stories import Teller
from workflow.engine import perform

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEEN = (
    "上课时发现孩子手臂和后背有多处新旧淤青，孩子说是被打的。",
    "查房时发现孩子肋部陈旧骨折，家长说法前后不一。",
    "孩子连续三天没有来园，邻居说夜里听到哭喊声。",
    "老人独居，身上有伤，说不敢报警。",
    "登记入住时发现小女孩与成年男子说不清关系。",
)
UNITS = (Unit.SCHOOL, Unit.HOSPITAL, Unit.KINDERGARTEN, Unit.COMMITTEE, Unit.HOTEL)


def tell_reports(teller: Teller) -> None:
    """Each is sent through the public form's own command; then its life goes on as far as its story does."""
    for number, story in enumerate((fresh, taken, answered, chased, missed)):
        sent_at = teller.now - (5 - number) * 3 * DAY if number else teller.now - HOUR / 3
        report = _send(teller, number, sent_at)
        story(teller, report, sent_at)


def _send(teller: Teller, number: int, moment: datetime) -> MandatoryReport:
    rng = teller.rng
    old = UNITS[number] == Unit.COMMITTEE
    victim = somebody(rng, "f", 78 if old else rng.randrange(4, 14), moment.year)
    reporter = somebody(rng, "f", 35, moment.year)
    found: date = moment.date()
    answers: dict[str, Any] = {
        "duty": Duty.UNABLE if old else Duty.MINOR,
        "unable_reasons": ["age"] if old else [], "situations": [] if old else ["MR4"],
        "account": SEEN[number], "injury": "", "materials": "", "found_on": found, "found_at": None, "found_how": "injury",
        "area": rng.choice(teller.areas), "place": "", "victim_name": victim.name, "victim_age": victim.age, "victim_sex": "f",
        "victim_phone": "", "suspect_name": "", "suspect_relation": "2_parent_child", "unit": UNITS[number], "unit_name": "",
        "reporter_name": reporter.name, "reporter_phone": reporter.phone, "told_police": "no",
    }  # fmt: skip
    return submit(answers, actor=None, key=f"demo-{number}", now=moment).report


def fresh(teller: Teller, report: MandatoryReport, moment: datetime) -> None:
    """Came in twenty minutes ago; the hour of the house is running."""


def taken(teller: Teller, report: MandatoryReport, moment: datetime) -> None:
    """Taken up yesterday: the three days of the police are running."""
    perform(
        report, "report", actor=teller.cast.operator, station="110 指挥中心", **teller.at(moment + HOUR / 2)
    )
    at = teller.at(teller.now - DAY)
    perform(report, "take_up", actor=_station(teller, report), police_receipt="受案〔2026〕88号", **at)


def answered(teller: Teller, report: MandatoryReport, moment: datetime) -> None:
    worker, officer = teller.cast.caseworker, _station(teller, report)
    perform(report, "report", actor=worker, station="110 指挥中心", **teller.at(moment + HOUR / 3))
    perform(
        report, "take_up", actor=officer, police_receipt="受案〔2026〕71号", **teller.at(moment + 2 * HOUR)
    )
    perform(
        report, "file_upward", actor=worker, filed_with="满洲里市妇女联合会", **teller.at(moment + 4 * HOUR)
    )
    perform(
        report,
        "feed_back",
        actor=officer,
        outcome="criminal",
        answer="已刑事立案侦查。",
        **teller.at(moment + 2 * DAY),
    )


def chased(teller: Teller, report: MandatoryReport, moment: datetime) -> None:
    """The station is silent: asked again, then the procuratorate is told."""
    worker = teller.cast.caseworker
    perform(report, "report", actor=worker, station="110 指挥中心", **teller.at(moment + HOUR))
    perform(report, "chase", actor=worker, account="电话催问，回复正在研究。", **teller.at(moment + DAY))
    perform(report, "send_clue", actor=worker, **teller.at(moment + 2 * DAY))


def missed(teller: Teller, report: MandatoryReport, moment: datetime) -> None:
    """A hotel that reported late had not reported before: the first night comes to light."""
    worker = teller.cast.caseworker
    perform(
        report,
        "miss",
        actor=worker,
        missed_unit=Unit.HOTEL,
        account="前一晚已发现未报告。",
        **teller.at(moment + HOUR),
    )
    perform(report, "report", actor=worker, station="110 指挥中心", **teller.at(moment + HOUR))
    perform(
        report,
        "sanction",
        actor=worker,
        sanction="fine",
        account="公安机关罚款。",
        **teller.at(moment + 2 * DAY),
    )


def _station(teller: Teller, report: MandatoryReport) -> Any:
    """The seeded officer if it is his station, else our own worker records what the station says."""
    ours = report.police_agency_id == teller.cast.police.agency_id
    return teller.cast.police if ours else teller.cast.caseworker
