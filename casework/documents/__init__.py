"""The papers of the case itself."""

from pathlib import Path

from casework.documents import archive, own, requests
from casework.models import Case, DangerAssessment, Person
from casework.paper.papers import Paper

HERE = Path(__file__).parent
INTAKE, DANGER, RIGHTS = HERE / "intake.yaml", HERE / "danger.yaml", HERE / "rights.yaml"

PAPERS = (
    Paper("intake", Case, INTAKE, own.intake),
    Paper("rights", Case, RIGHTS, own.rights),
    Paper("timeline", Case, HERE / "timeline.yaml", archive.story),
    Paper("opened", Case, HERE / "opened.yaml", requests.opened),
    Paper("own_data", Person, HERE / "own_data.yaml", requests.own_data, offered=requests.of_age),
    Paper("danger", DangerAssessment, DANGER, own.danger),
)
