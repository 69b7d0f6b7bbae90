"""The letters of supervision: the request to act, the opinion that urges, the clue. Nobody is named in them."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.who import caseworker
from casework.documents.facts import Facts
from casework.measures.supervision.models import Supervision
from casework.measures.supervision.workflow import S
from casework.paper.papers import Paper
from casework.paper.reader import Reader
from casework.tools import Words

LAYOUT = Path(__file__).with_name("urging.yaml")


def _letter(kind: str) -> Any:
    """The builder of one kind: request, opinion or clue."""

    def build(matter: Supervision, reader: Reader) -> Facts:
        receiver = matter.procuratorate if kind == "clue" else matter.addressee
        found = {
            "addressee": receiver.name if receiver else "",
            "subject": matter.get_subject_display(),
            "clue": kind == "clue",
            "clue_kind": matter.get_clue_kind_display() if matter.clue_kind else "",
            "request": kind == "request",
            "opinion": kind == "opinion",
            "asks": kind != "clue",
            "matter_number": matter.number,
            "reply": _("answered, but not adequately") if matter.answers else _("has not answered"),
            "reply_by": matter.reply_by,
            **reader.open(matter, "facts_of_matter", "demand"),
        }
        return found | ({"number": matter.number} if matter.number and kind != "opinion" else {})

    return build


def _offered(*states: S) -> Any:
    return lambda matter: matter.state in states


PAPERS = (
    Paper(
        "supervision_request", Supervision, LAYOUT, _letter("request"), who=caseworker,
        offered=_offered(S.DRAFTED, S.REQUESTED), called=Words("建议依法查处的函", "Request to act"),
    ),
    Paper(
        "supervision_opinion", Supervision, LAYOUT, _letter("opinion"), who=caseworker,
        offered=_offered(S.REQUESTED, S.OPINION, S.INSPECTION),
    ),
    Paper(
        "supervision_clue", Supervision, LAYOUT, _letter("clue"), who=caseworker,
        offered=_offered(S.DRAFTED, S.REQUESTED, S.OPINION, S.INSPECTION, S.CLUE),
        called=Words("公益诉讼线索移送函", "Clue for the procuratorate"),
    ),
)  # fmt: skip
