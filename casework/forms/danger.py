"""The danger scale as a form. Every question starts as not known: unanswered is not no."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.codes import Danger, Trigger
from casework.forms.fields import PlainField
from casework.tools import Tool, current_tool, may_raise

ANSWERS = [("yes", _("Yes")), ("no", _("No")), ("unknown", p_("answer", "Not known"))]
LEVELS = [(d.value, d.label) for d in (Danger.LOW, Danger.MEDIUM, Danger.HIGH)]


class DangerForm(forms.Form):
    trigger = forms.ChoiceField(label=_("Occasion"), choices=[("", "—"), *Trigger.choices], required=False)
    override = forms.ChoiceField(
        label=_("Your own judgement, if higher"),
        choices=[("", _("As the scale says")), *LEVELS[1:]],
        required=False,
    )
    reason = PlainField(label=_("Reason for the judgement"), max_length=2000, long=True)

    def __init__(self, *args: Any, tool: Tool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tool = tool or current_tool()
        for item in self.tool.items:
            self.fields[f"a_{item.key}"] = forms.ChoiceField(
                label=str(item.words), choices=ANSWERS, initial="unknown", widget=forms.RadioSelect
            )

    def questions(self) -> list[tuple[Any, forms.BoundField]]:
        return [(item, self[f"a_{item.key}"]) for item in self.tool.items]

    def answers(self) -> dict[str, str]:
        return {item.key: self.cleaned_data[f"a_{item.key}"] for item in self.tool.items}


class JudgeForm(forms.Form):
    level = forms.ChoiceField(label=_("Danger"), choices=LEVELS, widget=forms.RadioSelect)
    trigger = forms.ChoiceField(label=_("Occasion"), choices=[("", "—"), *Trigger.choices], required=False)
    reason = PlainField(label=_("Reason for the judgement"), max_length=2000, long=True, required=True)

    def __init__(self, *args: Any, may_lower: bool = True, above: str = "", **kwargs: Any) -> None:
        """Without `may_lower` only the alarm can be raised; `above` what the scale says, only higher levels are offered."""
        super().__init__(*args, **kwargs)
        if above:
            higher = [(level, word) for level, word in LEVELS if may_raise(above, level)]
            self.fields["level"].choices = higher  # type: ignore[attr-defined]
        if not may_lower:
            self.fields["level"].choices = LEVELS[-1:]  # type: ignore[attr-defined]
