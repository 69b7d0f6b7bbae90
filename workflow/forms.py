"""The form of a move, generated from its row. It checks shape; the law is checked by the engine."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.models import Agency, User
from agencies.need_to_know import recused
from privacy.fields import SealedJSON, SealedText
from workflow.asking import HAPPENED_DAY, HAPPENED_TIME, ask_field, column_field, day_field, time_field
from workflow.models import LifeModel
from workflow.table import Ask, Move
from workflow.when import Precision, When

OLDEST = timedelta(days=120 * 365)
LATER = _("This is later than now. A step is recorded once it has happened.")
JUST_NOW = _("Leave empty if it happened just now.")
DAY_ONLY = _("Leave empty if only the day is known.")
LONG_AGO = _("Check the year: this is more than 120 years ago.")


class MoveForm(forms.Form):
    """Columns and answers of one move, when it happened, and, hidden, the revision seen and a key.

    `given`: from code only what is given is asked (and the rest left as it is); None: a page, which asks all.
    """

    def __init__(
        self,
        obj: LifeModel,
        move: Move,
        actor: Actor,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        now: datetime | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, auto_id=f"{move.name}-%s")  # type: ignore[arg-type]
        self.obj, self.move, self.now = obj, move, now or timezone.now()
        self.sealed: set[str] = set()
        self._column_names: list[str] = []
        self._ask_names: list[str] = []
        self._too_late = False
        for take in move.takes:
            self._add(take, actor, given)
        if given is None:
            self._add_page_fields()

    def _add(self, take: str | Ask, actor: Actor, given: Mapping[str, Any] | None) -> None:
        name, required = (take.name, take.required) if isinstance(take, Ask) else _split(take)
        if given is not None and not required and name not in given:
            return
        if isinstance(take, Ask):
            self._ask_names.append(name)
            self.fields[name] = ask_field(take)
        else:
            self._add_column(name, required, actor)
        self.obj.tune(name, self.fields[name], actor)
        offer_only_unrecused(self.fields[name], self.obj.subject_id)

    def _add_column(self, name: str, required: bool, actor: Actor) -> None:
        """Sealed columns are never shown: their field starts empty, and empty means unchanged."""
        column: models.Field[Any, Any] = self.obj._meta.get_field(name)  # type: ignore[assignment]
        self._column_names.append(name)
        self.fields[name] = column_field(column, required=required, actor=actor)
        if isinstance(column, SealedText | SealedJSON):
            self.sealed.add(name)
        else:
            self.initial[name] = column.value_from_object(self.obj)

    def _add_page_fields(self) -> None:
        if self.move.asks_when:
            hint = _("Leave empty if it happened just now.")
            self.fields["happened_day"] = day_field(HAPPENED_DAY, required=False, hint=hint)
            self.fields["happened_time"] = time_field(
                HAPPENED_TIME, _("Leave empty if only the day is known.")
            )
        if self.move.frm:
            self.fields["rev"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=self.obj.rev
            )
        key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, initial=uuid.uuid4)
        self.fields["key"] = key

    def refuse_future(self) -> None:
        """The time given in code lies after now."""
        self._too_late = True

    def clean(self) -> dict[str, Any]:
        if self._too_late:
            self.add_error(None, ValidationError(LATER, code="future"))
        day = self.cleaned_data.get("happened_day")
        if "happened_day" in self.fields and "happened_day" not in self.errors:
            at = self._happened()
            if at.earliest and at.earliest > self.now:
                self.add_error("happened_day", ValidationError(LATER, code="future"))
            elif day and at.earliest and at.earliest < self.now - OLDEST:
                self.add_error("happened_day", ValidationError(LONG_AGO, code="past"))
        return self.cleaned_data

    def happened(self) -> When:
        """When it happened, as far as it was said; now if nothing was said."""
        return self._happened()

    def _happened(self) -> When:
        day: date | None = self.cleaned_data.get("happened_day")
        at: time | None = self.cleaned_data.get("happened_time")
        today = timezone.localdate(self.now)
        if at is not None:
            moment = datetime.combine(day or today, at, timezone.get_default_timezone())
            return When.instant(moment)
        if day is None:
            return When.instant(self.now)
        whole = When.day(day)
        return When(whole.earliest, self.now, Precision.DAY) if day == today else whole

    def columns(self) -> dict[str, Any]:
        """What to write. An empty answer to an optional column that cannot be empty changes nothing."""
        found = {name: self.cleaned_data[name] for name in self._column_names}
        return {name: value for name, value in found.items() if not self._unchanged(name, value)}

    def _unchanged(self, name: str, value: Any) -> bool:
        if value not in forms.Field.empty_values:
            return False
        column: Any = self.obj._meta.get_field(name)
        return name in self.sealed or not (column.blank or column.null)

    def answers(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in self._ask_names}
        return {name: value for name, value in found.items() if value not in forms.Field.empty_values}

    def add_errors(self, wrong: ValidationError) -> None:
        """Take over what the model's columns and constraints refuse."""
        errors = wrong.error_dict if hasattr(wrong, "error_dict") else {NON_FIELD_ERRORS: wrong.error_list}
        for name, found in errors.items():
            self.add_error(name if name in self.fields else None, found)

    def to_fill(self) -> Iterable[forms.BoundField]:
        """The visible fields but for the time, which stands apart."""
        return [field for field in self.visible_fields() if not field.name.startswith("happened_")]

    def when_fields(self) -> Iterable[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name.startswith("happened_")]


def offer_only_unrecused(field: forms.Field, file: uuid.UUID | None) -> None:
    """People and bodies that never see this file are not offered, and refused when sent all the same."""
    offered = getattr(field, "queryset", None)
    if offered is not None and offered.model in (Agency, User):
        field.queryset = offered.exclude(recused(offered.model, file))  # type: ignore[attr-defined]


def move_form(
    obj: "LifeModel | type[LifeModel]",
    move: Move | str,
    actor: Actor,
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    *,
    now: datetime | None = None,
    given: Mapping[str, Any] | None = None,
) -> MoveForm:
    """The form of a move of an object, or of the opening move of a model."""
    life = obj() if isinstance(obj, type) else obj
    row = life.flow.move(move) if isinstance(move, str) else move
    if given is not None:
        data = {name: _plain_key(value) for name, value in given.items()}
    return MoveForm(life, row, actor, data, files, now=now, given=given)


def payload_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as JSON can hold them."""
    return {name: _plain(value) for name, value in answers.items()}


def _split(take: str) -> tuple[str, bool]:
    return take.rstrip("?"), not take.endswith("?")


def _plain_key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _plain(value: Any) -> Any:
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
