"""How the office draws the groups of towns: for each town the name of its group and its residents."""

from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy as p_

from agencies.models import Area
from indicators.towns import TownGroup

MOST = 10_000_000


class TownsForm(forms.Form):
    """Two fields a town; `drawn`: as they stand now."""

    def __init__(self, towns: list[Area], drawn: tuple[TownGroup, ...], data: Any = None) -> None:
        super().__init__(data)
        self.towns = towns
        held = {town: group.name for group in drawn for town in group.towns}
        # Groups that were drawn before the residents of each town were kept have none.
        lived = {town: n for group in drawn for town, n in zip(group.towns, group.each, strict=False)}
        for town in towns:
            self.fields[f"group_{town.code}"] = forms.CharField(
                label=p_("statistics", "Group"), max_length=20, initial=held.get(town.code)
            )
            self.fields[f"residents_{town.code}"] = forms.IntegerField(
                label=p_("statistics", "Residents"), min_value=0, max_value=MOST, initial=lived.get(town.code)
            )

    @property
    def rows(self) -> list[tuple[str, Any, Any]]:
        return [(one.name, self[f"group_{one.code}"], self[f"residents_{one.code}"]) for one in self.towns]

    def answers(self) -> dict[str, tuple[str, int]]:
        said = self.cleaned_data
        return {one.code: (said[f"group_{one.code}"], said[f"residents_{one.code}"]) for one in self.towns}
