"""The people of a case. The one who reported it lives in a compartment of her own."""

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.codes import Flag, Language, Relation, Role, Sex
from casework.models.access import require_leave
from casework.models.case import codes
from casework.models.parts import CasePart
from privacy.actors import ActorLike
from privacy.audit import Purpose
from privacy.blind import TagsField, tags_index
from privacy.errors import NotApproved
from privacy.fields import SealedText
from privacy.history import sealed_history

ADULT = 18


class Person(CasePart):
    never_printed = frozenset({"address"})

    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    relation_to_victim = models.CharField(
        _("Relation to the victim"), max_length=32, choices=Relation.choices, blank=True
    )
    sex = models.CharField(_("Sex"), max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_year = models.PositiveSmallIntegerField(_("Year of birth"), null=True, blank=True)
    age = models.PositiveSmallIntegerField(_("Age"), null=True, blank=True)
    flags = codes(_("Circumstances"), Flag)
    language = models.CharField(
        _("Language"), max_length=8, choices=Language.choices, default=Language.CHINESE
    )
    lives_with_victim = models.BooleanField(_("Lives with the victim"), null=True, blank=True)
    name = SealedText(_("Name"), pad=32, max_length=60, blank=True, null=True)
    phone = SealedText(_("Phone"), pad=32, max_length=20, blank=True, null=True)
    id_number = SealedText(_("ID number"), pad=32, max_length=18, blank=True, null=True, asks_proof=True)
    address = SealedText(_("Current address"), pad=64, max_length=200, blank=True, null=True)
    work = SealedText(_("Work"), pad=64, max_length=100, blank=True, null=True)
    note = SealedText(_("Remark"), pad=256, max_length=2000, blank=True, null=True)
    tags = TagsField()
    tagged = ("name", "phone", "id_number")

    history = sealed_history(excluded=("tags",))

    class Meta:
        ordering = ("created_at", "id")
        indexes = [tags_index("person_tags")]

    def __str__(self) -> str:
        return self.get_role_display()

    @classmethod
    def require_leave(cls, rows: Sequence[Self], *, actor: ActorLike, purpose: str) -> None:
        """Reading a minor's data is approved first (MNR 36)."""
        require_leave(rows, actor=actor, purpose=purpose)

    @property
    def is_minor(self) -> bool:
        """Under 18, as far as anybody knows; where only a year or a role is known, the doubt protects the child."""
        today = timezone.localdate()
        if self.birth_year is not None:
            return today.year - self.birth_year <= ADULT
        if self.age is not None:
            lived = (today - timezone.localdate(self.created_at)).days // 366 if self.created_at else 0
            return self.age + lived < ADULT
        return self.role == Role.CHILD or Flag.MINOR in self.flags


class Reporter(CasePart):
    """Whoever told us. Opened with another key, never shown with the case, never on paper."""

    compartment = "reporter"

    relation_to_victim = models.CharField(
        _("Relation to the victim"), max_length=32, choices=Relation.choices, blank=True
    )
    body = models.BooleanField(_("Reports for a body that must report"), default=False)
    keep_secret = models.BooleanField(_("Wants to stay unknown"), default=True)
    name = SealedText(_("Name"), pad=32, max_length=60, blank=True, null=True)
    phone = SealedText(_("Phone"), pad=32, max_length=20, blank=True, null=True)
    note = SealedText(_("Remark"), pad=256, max_length=2000, blank=True, null=True)
    tags = TagsField()
    tagged = ("name", "phone")

    history = sealed_history(excluded=("tags",))

    class Meta:
        ordering = ("created_at", "id")
        indexes = [tags_index("reporter_tags")]

    def __str__(self) -> str:
        return "reporter"

    @classmethod
    def require_leave(cls, rows: Sequence[Self], *, actor: ActorLike, purpose: str) -> None:
        """Breaking the glass protects her; it never opens who told us."""
        for row in rows:
            if purpose == Purpose.EMERGENCY or getattr(actor, "emergency", None) == row.case_id:
                raise NotApproved(row.case_id, ())
