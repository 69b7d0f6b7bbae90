"""The case and everything that hangs on it."""

from casework.models.access import MinorAccess
from casework.models.break_glass import BreakGlass
from casework.models.case import Case
from casework.models.checklist import Tick
from casework.models.danger import DangerAssessment
from casework.models.documents import Archive, Document, DocumentFile
from casework.models.evidence import CopyState, Evidence, EvidenceCopy
from casework.models.exports import Canary, Export
from casework.models.happenings import Happening, Incident
from casework.models.hints import SetAside
from casework.models.parts import CasePart, Happened
from casework.models.people import Person, Reporter
from casework.models.safety import SafeContact, SafetyPlan
from casework.models.shredding import Shredding
from casework.models.work import Note, Task

__all__ = [
    "Archive",
    "BreakGlass",
    "Canary",
    "Case",
    "CasePart",
    "CopyState",
    "DangerAssessment",
    "Document",
    "DocumentFile",
    "Evidence",
    "EvidenceCopy",
    "Export",
    "Happened",
    "Happening",
    "Incident",
    "MinorAccess",
    "Note",
    "Person",
    "Reporter",
    "SafeContact",
    "SafetyPlan",
    "SetAside",
    "Shredding",
    "Task",
    "Tick",
]
