"""The papers of a protection order: the application, what may follow it, the report of a breach, the last report."""

from collections.abc import Callable
from pathlib import Path

from agencies.who import court, federation
from casework.paper.papers import Paper
from casework.tools import Words
from protection_orders.codes import PetitionKind
from protection_orders.documents import facts
from protection_orders.models import Breach, ProtectionOrder
from protection_orders.workflow import S

HERE = Path(__file__).parent
PETITION = HERE / "petition.yaml"


def written(order: ProtectionOrder) -> bool:
    return order.state not in {S.INFORMED, S.NOT_PURSUED}


def live(order: ProtectionOrder) -> bool:
    return order.is_live


def disputable(order: ProtectionOrder) -> bool:
    return order.is_live or order.state == S.DISMISSED


def over(order: ProtectionOrder) -> bool:
    return order.state in {S.LAPSED, S.REVOKED, S.FED_BACK}


def _later(key: str, kind: PetitionKind, offered: Callable[[ProtectionOrder], bool], called: Words) -> Paper:
    return Paper(
        key, ProtectionOrder, PETITION, facts.petition(kind), who=federation, offered=offered, called=called
    )


PAPERS = (
    Paper(
        "order_application", ProtectionOrder, HERE / "application.yaml", facts.application,
        who=federation | court, offered=written,
    ),
    _later("order_extension", PetitionKind.EXTEND, live, Words("延长人身安全保护令申请书", "Application to extend the order")),
    _later("order_variation", PetitionKind.VARY, live, Words("变更人身安全保护令申请书", "Application to change the order")),
    _later("order_revocation", PetitionKind.REVOKE, live, Words("撤销人身安全保护令申请书", "Application to revoke the order")),
    _later("order_reconsideration", PetitionKind.RECONSIDER, disputable, Words("复议申请书", "Request for reconsideration")),
    Paper("order_breach", Breach, HERE / "breach.yaml", facts.breach),
    Paper("order_feedback", ProtectionOrder, HERE / "feedback.yaml", facts.feedback, offered=over),
)  # fmt: skip
