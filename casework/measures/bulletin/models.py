"""A bulletin: sealed until it is sent, then read by the bodies it went to."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import connection, models
from django.db.models import Max, Q
from django.forms import Field, ModelMultipleChoiceField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.scope import ScopedQuerySet
from casework.bodies import BodiesField, names_of
from casework.house import HouseLife
from casework.measure import InboxRow
from casework.measures.bulletin.workflow import FLOW, S
from casework.plain import no_numbers
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.engine import open_moves
from workflow.state import StateField
from workflow.table import Workflow


class Kind(models.TextChoices):
    BRIEF = "brief", p_("bulletin", "Brief on the work")
    NOTICE = "notice", p_("bulletin", "Notice to bodies")


def _person() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )


class Bulletin(HouseLife):
    """`writer` wrote the text last. `serial` counts within the federation's `year`, from the day it was sent."""

    flow: ClassVar[Workflow] = FLOW
    plural = _("Bulletins")
    panel_template: ClassVar[str] = "bulletin/_panel.html"
    page_texts = ("heading", "text")

    state = StateField(FLOW)
    kind = models.CharField(_("Kind of bulletin"), max_length=8, choices=Kind, default=Kind.BRIEF)
    heading = SealedText(_("Heading"), pad=64, max_length=120, validators=[no_numbers])
    text = SealedText(
        p_("bulletin", "Text"), pad=256, max_length=8000, validators=[no_numbers],
        help_text=_("Figures and ways of working. Nobody's story, no single event, no figure below ten."),
    )  # fmt: skip
    recipients = BodiesField(p_("bulletin", "Goes to"))
    received_by = BodiesField(editable=False)
    writer, checker = _person(), _person()
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    serial = models.PositiveIntegerField(null=True, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["agency", "-created_at"], name="bulletin_list")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation's own; a body what was sent to it, until it is withdrawn."""
        if actor.role == Role.LIAISON:
            return Q(state=S.SENT, recipients__contains=[actor.agency_id])
        return cls.of_house(actor)

    @property
    def number(self) -> str:
        """The number, once it was sent."""
        return f"妇报〔{self.year}〕{self.serial}号" if self.serial else ""

    def title(self) -> str:
        return f"{self.get_kind_display()} {self.number}".rstrip()

    def next_serial(self, year: int) -> int:
        """Numbers of one federation and year follow each other without gaps; needs a transaction."""
        with connection.cursor() as cursor:
            key = f"bulletin:{self.agency_id}:{year}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        rows = Bulletin.objects.filter(agency=self.agency_id, year=year)
        return int(rows.aggregate(last=Max("serial"))["last"] or 0) + 1

    def own_facts(self) -> dict[str, Any]:
        return {"kind": self.kind, "recipients": len(self.recipients)}

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        if isinstance(field, ModelMultipleChoiceField) and field.queryset is not None:
            field.queryset = field.queryset.exclude(pk=self.agency_id)

    def panel_context(self, actor: Actor) -> dict[str, Any]:
        return {
            "recipients": names_of(self.recipients), "received": names_of(self.received_by),
            "ours": actor.role != Role.LIAISON,
        }  # fmt: skip

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        """Until its receipt is confirmed."""
        rows = cls.objects.visible_to(actor).exclude(received_by__contains=[actor.agency_id])
        word = _("Read it and confirm that you have it")
        return [InboxRow(one, word, None, open_moves(one, actor)) for one in rows]
