"""The forms of a case: they check shape, never law."""

from casework.forms.access import AccessForm
from casework.forms.case import AssignForm, CaseForm, ChildrenForm, NewCaseForm, SearchForm
from casework.forms.danger import DangerForm, JudgeForm
from casework.forms.people import PersonForm, ReporterForm
from casework.forms.safety import SafeContactForm, SafetyPlanForm
from casework.forms.work import (
    EvidenceForm,
    HappeningForm,
    HintForm,
    IncidentForm,
    NoteForm,
    TaskDoneForm,
    TaskForm,
)

__all__ = [
    "AccessForm",
    "AssignForm",
    "CaseForm",
    "ChildrenForm",
    "DangerForm",
    "EvidenceForm",
    "HappeningForm",
    "HintForm",
    "IncidentForm",
    "JudgeForm",
    "NewCaseForm",
    "NoteForm",
    "PersonForm",
    "ReporterForm",
    "SafeContactForm",
    "SafetyPlanForm",
    "SearchForm",
    "TaskDoneForm",
    "TaskForm",
]
