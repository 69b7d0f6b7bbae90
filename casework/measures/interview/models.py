"""That somebody was heard: who, by which body, about what, what for. Not what was said: that stands in the case, once."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.forms import Field, ModelChoiceField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import SYSTEM, Actor
from agencies.scope import ScopedQuerySet
from casework.codes import Role
from casework.measure import Measure
from casework.measures.interview import codes as c
from casework.measures.interview import needs
from casework.measures.interview.workflow import FLOW, S
from casework.models import Case, Person
from casework.models.case import codes
from privacy.blind import perhaps_same
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.errors import Unmet
from workflow.state import StateField
from workflow.table import Workflow

HEARD = (Role.VICTIM, Role.CHILD, Role.PROTECTED_RELATIVE, Role.WITNESS)


class Interview(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 90
    panel_template: ClassVar[str] = "interview/_panel.html"
    opening_template: ClassVar[str] = "interview/_told.html"
    page_texts = ("again_reason", "place_of_record")

    state = StateField(FLOW)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Who is heard"))
    by = models.CharField(_("Who hears her"), max_length=16, choices=c.By)
    purpose = models.CharField(p_("interview", "What for"), max_length=16, choices=c.Purpose)
    subjects = codes(_("About what"), c.Subject)
    planned_on = models.DateField(p_("interview", "On which day"), null=True, blank=True)
    repeat = models.BooleanField(default=False, editable=False)
    again_reason = SealedText(
        _("Why what is recorded is not enough"), pad=256, max_length=2000, blank=True, null=True,
        help_text=_("Needed as soon as this person was heard before. It is kept and can be checked."),
    )  # fmt: skip
    place_of_record = SealedText(
        _("Where the record and the recording are kept"), pad=64, max_length=200, blank=True, null=True
    )

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(repeat=False) & ~Q(state="spared"), name="interview_first_once"
            )
        ]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Our own workers on the case. Other bodies are told by whoever passes the record on."""
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def own_facts(self) -> dict[str, Any]:
        return {
            "by": self.by, "purpose": self.purpose, "subjects": sorted(self.subjects), "repeat": self.repeat,
            "minor": self.of_minor, **{name: self.asked[name] for name in ("instead",) if name in self.asked},
        }  # fmt: skip

    def wants_visits(self) -> bool:
        return False

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        """People of this case and of those joined to it, by what they are; a name stands in no list."""
        if name == "person" and isinstance(field, ModelChoiceField):
            theirs = Q(case=self.case_id) | Q(case__joined_to=self.case_id)
            people = Person.objects.visible_to(actor).filter(theirs, role__in=HEARD)
            field.queryset = people.select_related("case")
            field.label_from_instance = _named  # type: ignore[method-assign, assignment]
        if name == "subjects":
            field.required = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self._look_once_more()
        super().save(*args, **kwargs)

    def _look_once_more(self) -> None:
        """Two who plan at the same moment wait for each other here; the second needs a reason like anybody later."""
        rows = Case.objects.visible_to(SYSTEM).select_for_update(of=("self",), no_key=True)
        rows.get(pk=self.person.case_id)
        self.repeat = self.is_repeat
        again = (needs.reason_to_hear_again, needs.reason_to_hear_a_minor_again)
        if unmet := [need for need in again if not need.test(self)]:
            raise Unmet(self, FLOW.opening, [], unmet)

    def earlier(self) -> "models.QuerySet[Interview]":
        """Interviews of the same person that were held or are planned, under whichever entry of hers."""
        before = type(self).objects.filter(person__in=self._entries()).exclude(state=S.SPARED)
        return before if self._state.adding else before.filter(created_at__lt=self.created_at)

    def _entries(self) -> list[UUID]:
        """The rows under which this person is recorded in the case and those joined to it; nothing is opened."""
        theirs = Q(case__in=(self.case_id, self.person.case_id)) | Q(case__joined_to=self.case_id)
        rows = Person.objects.visible_to(SYSTEM).filter(theirs, role__in=HEARD).values_list("pk", "tags")
        return [self.person.pk, *(pk for pk, tags in rows if perhaps_same(tags, self.person.tags))]

    @property
    def is_repeat(self) -> bool:
        return self.person_id is not None and self.earlier().exists()

    @property
    def has_reason(self) -> bool:
        return bool(self.again_reason)

    @property
    def of_minor(self) -> bool:
        return self.person_id is not None and self.person.is_minor

    @property
    def concerns_sexual_violence(self) -> bool:
        return c.Subject.SEXUAL in self.subjects or self.case.type.highest

    @property
    def subject_labels(self) -> list[str]:
        return [str(c.Subject(code).label) for code in self.subjects]

    @property
    def who(self) -> str:
        return _named(self.person)

    @classmethod
    def opening_context(cls, case: Case, actor: Actor) -> dict[str, Any]:
        """What was told already, by whom it was asked, and where it stands; codes and times, no word of it."""
        theirs = Q(case=case) | Q(case__joined_to=case)
        heard = cls.objects.visible_to(actor).filter(theirs).exclude(state=S.SPARED).select_related("person")
        return {
            "heard": heard.order_by("created_at"),
            "incidents": case.incidents.all(),
            "evidences": case.evidences.filter(kind__in=("E1", "E5", "E8", "E9")),
            "notes": case.notes.filter(kind="contact"),
            "minors": any(person.is_minor for person in case.persons.filter(role__in=HEARD)),
        }


def _named(person: Person) -> str:
    words = [person.get_role_display()]
    if person.age is not None:
        words.append(gettext("%(age)s years old") % {"age": person.age})
    elif person.birth_year:
        words.append(gettext("born %(year)s") % {"year": person.birth_year})
    if person.role == Role.VICTIM:
        words.append(person.case.alias)
    return " · ".join(str(word) for word in words)
