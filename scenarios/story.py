"""One performance in progress: the case, what was begun in it, and how late it is in the story."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from casework import services
from casework.happenings import HappeningKind
from casework.measures.guardianship.models import Guardianship
from casework.measures.mandatory_report.models import MandatoryReport
from casework.measures.recovery_plan.models import RecoveryPlan
from casework.measures.shelter_stay.models import ShelterStay
from casework.measures.supervision.models import Supervision
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case
from protection_orders.models import ProtectionOrder
from protection_orders.workflow import S as OrderState
from referrals.models import Referral
from scenarios import words
from scenarios.cast import Cast
from scenarios.facts import Event, Scenario

K = HappeningKind
# Events whose measure is a room still to be built: kept on the timeline, and said so.
NOT_YET = {
    "harassment_complaint": "harassment_complaint", "arbitration": "labour",
    "labour_": "labour",
}  # fmt: skip
LIVE = (OrderState.IN_FORCE, OrderState.SERVED)
HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Play:
    """One performance. `clock`: how late it is in the story; it never runs ahead of the real day."""

    scenario: Scenario
    cast: Cast
    case: Case
    clock: datetime
    orders: list[ProtectionOrder] = field(default_factory=list)
    letters: list[WarningLetter] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    supervisions: list[Supervision] = field(default_factory=list)
    stays: list[ShelterStay] = field(default_factory=list)
    reports: list[MandatoryReport] = field(default_factory=list)
    guardianships: list[Guardianship] = field(default_factory=list)
    plans: list[RecoveryPlan] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    not_yet: dict[str, list[str]] = field(default_factory=dict)

    def at(self, event: Event) -> dict[str, Any]:
        """`at` and `now` for a move: the story's clock goes on to the event, never back."""
        known = event.when.latest or event.when.earliest
        if known is not None:
            self.clock = min(max(self.clock, known), timezone.now())
        return {"at": event.when, "now": self.clock}

    def say(self, event: Event, text: str) -> None:
        self.findings.append(f"{event.seq} {event.kind}: {text}")

    def note(self, event: Event, kind: str = "") -> None:
        """A coded entry of the timeline; what the text says stands in its details."""
        written = f"（{event.written}）" if event.written.startswith("--") else ""
        services.record_happening(
            self.case, actor=self.cast.caseworker, kind=kind or event.kind, when=event.when, inferred=event.inferred,
            actor_body=words.body(event.actor), details=(event.details + written)[:4000], now=self.clock,
        )  # fmt: skip

    @property
    def order(self) -> ProtectionOrder | None:
        return self.orders[-1] if self.orders else None

    @property
    def letter(self) -> WarningLetter | None:
        return self.letters[-1] if self.letters else None
