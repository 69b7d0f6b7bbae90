"""The papers of the case itself."""

from pathlib import Path

from casework.documents import archive, own
from casework.models import Case, DangerAssessment
from casework.paper.papers import Paper

HERE = Path(__file__).parent
INTAKE, DANGER, RIGHTS = HERE / "intake.yaml", HERE / "danger.yaml", HERE / "rights.yaml"

PAPERS = (
    Paper("intake", Case, INTAKE, own.intake),
    Paper("rights", Case, RIGHTS, own.rights),
    Paper("timeline", Case, HERE / "timeline.yaml", archive.story),
    Paper("danger", DangerAssessment, DANGER, own.danger),
)
