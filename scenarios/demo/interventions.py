"""Work with perpetrators in the demonstration: a file asked for, one running with sessions, one with a threat."""

from datetime import timedelta

from casework.codes import Role
from casework.measures.perpetrator_intervention.models import PerpetratorIntervention
from casework.measures.warning_letter.models import WarningLetter
from scenarios.demo.stories import Teller
from workflow.engine import begin, perform

DAY = timedelta(days=1)
ACCOUNTS = ("讲解反家庭暴力法和告诫书内容，本人承认推搡。", "谈情绪与控制行为，本人仍归咎对方。")


def tell_interventions(teller: Teller, number: int = 3) -> None:
    """For the latest letters that were served, as far along as their place in the row."""
    worker = teller.cast.caseworker
    letters = WarningLetter.objects.filter(state="served", case__agency=worker.agency_id).select_related(
        "case"
    )
    for index, letter in enumerate(letters.order_by("-created_at")[:number]):
        if letter.case.persons.filter(role=Role.RESPONDENT, name__isnull=False).count() == 1:
            _tell_one(teller, letter, index)


def _tell_one(teller: Teller, letter: WarningLetter, index: int) -> None:
    worker, holder = teller.cast.caseworker, teller.cast.legal_aid
    file = begin(PerpetratorIntervention, actor=worker, case=letter.case, basis="letter")
    perform(
        file,
        "ask",
        actor=worker,
        programme="education",
        agency=holder.agency_id,
        planned=3,
        account="工作日下午方便。",
    )
    if index == 0:
        return
    began = teller.now - 3 * DAY
    perform(file, "take_up", actor=holder, next_on=(teller.now + 4 * DAY).date(), **teller.at(began))
    for hours, account in enumerate(ACCOUNTS[:index], 1):
        perform(
            file, "record_session", actor=holder, held="education", attendance="came", attitude="partly", account=account,
            **teller.at(began + hours * DAY),
        )  # fmt: skip
    if index == 2:
        perform(
            file,
            "record_breach",
            actor=holder,
            breach="threat",
            account="扬言要去单位闹。",
            **teller.at(teller.now - DAY),
        )
