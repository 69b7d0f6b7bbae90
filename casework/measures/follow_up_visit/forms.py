"""How often she is visited, as the duty leader types it: days with commas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.measures.follow_up_visit.cadence import (
    LEVELS,
    MOST_DAYS,
    MOST_ROUNDS,
    ROUNDS,
    Rhythm,
    house_rhythm,
    read_days,
    write_days,
)

Key = tuple[str, str]


class CadenceForm(forms.Form):
    """Two fields per reason and danger level; empty days mean the rhythm of the house."""

    def __init__(self, *args: Any, rhythms: dict[Key, Rhythm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for basis, level in [(basis, level) for basis in ROUNDS for level in LEVELS]:
            rhythm, house = rhythms[(basis, level)], house_rhythm(basis, level)
            label = f"{basis.label} · {level.label}"
            self.fields[f"days_{basis}_{level}"] = forms.CharField(
                label=_("%(what)s: days") % {"what": label}, required=False, max_length=80, initial=write_days(rhythm.days),
                widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
                help_text=_("House default: %(days)s") % {"days": write_days(house.days)},
            )  # fmt: skip
            self.fields[f"every_{basis}_{level}"] = forms.IntegerField(
                label=_("%(what)s: then every") % {"what": label}, required=False, min_value=1, max_value=MOST_DAYS,
                initial=rhythm.every, help_text=_("House default: %(days)s") % {"days": house.every or "—"},
            )  # fmt: skip

    def table(self) -> list[dict[str, Any]]:
        """Rows for the page: a reason with its levels."""
        return [
            {"label": basis.label, "cells": [
                {"label": level.label, "days": self[f"days_{basis}_{level}"], "every": self[f"every_{basis}_{level}"]}
                for level in LEVELS
            ]}
            for basis in ROUNDS
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wanted: dict[Key, Rhythm] = {}
        for basis, level in [(basis, level) for basis in ROUNDS for level in LEVELS]:
            text, every = data.get(f"days_{basis}_{level}", ""), data.get(f"every_{basis}_{level}")
            try:
                wanted[(basis, level)] = (
                    Rhythm(read_days(text), every) if text else house_rhythm(basis, level)
                )
            except ValueError:
                self.add_error(
                    f"days_{basis}_{level}",
                    _(
                        "Days after the start, rising, with commas: at most %(rounds)d of them, each from 1 to %(days)d."
                    )
                    % {"rounds": MOST_ROUNDS, "days": MOST_DAYS},
                )
        if not self.errors:
            self._refuse_upside_down(wanted)
        data["wanted"] = wanted
        return data

    def _refuse_upside_down(self, wanted: dict[Key, Rhythm]) -> None:
        """Who is in greater danger is never first visited later."""
        for basis in ROUNDS:
            for level, lower in ((LEVELS[0], LEVELS[1]), (LEVELS[1], LEVELS[2])):
                if wanted[(basis, level)].days[0] > wanted[(basis, lower)].days[0]:
                    self.add_error(
                        f"days_{basis}_{level}",
                        _("The first visit may not be later than at a lower danger level."),
                    )
