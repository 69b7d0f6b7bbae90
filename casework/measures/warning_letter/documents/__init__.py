"""The federation's letter to the police station: why a warning letter should be issued."""

from pathlib import Path

from casework.codes import Role
from casework.documents.facts import Facts, evidence, first, incidents, open_people, people
from casework.documents.own import case_facts
from casework.measures.warning_letter.models import WarningLetter
from casework.paper.papers import Paper
from casework.paper.reader import Reader


def request(letter: WarningLetter, reader: Reader) -> Facts:
    case, violence = letter.case, incidents(letter.case, reader)
    accused = case.persons.filter(role=Role.RESPONDENT)
    respondents = open_people(accused, reader, "name", "id_number", "phone", masked=False)
    return {
        "case": case_facts(case),
        "police": letter.police_agency.name if letter.police_agency else "",
        "kind": letter.get_letter_type_display(),
        "victim": first(people(case, reader, "name", "id_number", roles=[Role.VICTIM])),
        "respondents": respondents,
        "respondent": first(respondents),
        "incidents": violence,
        "no_incident": not violence,
        "grounds": letter.ground_labels,
        "evidence": evidence(case, reader),
        "violence": letter.concerns_violence,
        "harassment": not letter.concerns_violence,
    }


PAPERS = (Paper("letter_request", WarningLetter, Path(__file__).with_name("request.yaml"), request),)
