"""Several pages, one form: what was answered before travels in the form itself. Nothing is kept until it is sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from casework.measures.mandatory_report.forms import Page
from casework.measures.mandatory_report.intake import new_key

BACK, NEXT, SEND = "back", "next", "send"


class Wizard:
    """Where the sender is. `page` is the form to show; one page after the last is the summary, which has none.

    `wrong`: a page was refused and is shown again. `is_sent`: everything is there, and the sender said so.
    """

    def __init__(self, pages: Sequence[type[Page]], request: HttpRequest) -> None:
        self.pages, self.typed = pages, request.POST if request.method == "POST" else QueryDict()
        self.key = self.typed.get("key", "")[:64] or new_key()
        self.wrong, self.is_sent = False, False
        self.refusal: str | Promise = ""
        self._bound = [page(self.typed) for page in pages]
        self.number = self._place(self._posted(), self.typed.get("go", ""))

    def _posted(self) -> int:
        text = self.typed.get("page", "")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
        return min(number, len(self.pages))

    def _place(self, posted: int, go: str) -> int:
        """The page to show next; the first that is wrong stops it."""
        if go not in (BACK, NEXT, SEND):
            return min(posted, len(self.pages) - 1)
        if go == BACK:
            return max(0, posted - 1)
        checked = len(self.pages) if go == SEND else min(posted + 1, len(self.pages))
        for number, form in enumerate(self._bound[:checked]):
            if not form.is_valid():
                self.wrong = True
                return number
        self.is_sent = go == SEND
        return checked

    @property
    def is_summary(self) -> bool:
        return self.number == len(self.pages)

    @property
    def template(self) -> str:
        return "mandatory_report/summary.html" if self.is_summary else "mandatory_report/page.html"

    @property
    def form(self) -> Page:
        """With errors if it was refused, else filled in with what was typed before."""
        kind = self.pages[self.number]
        if self.wrong:
            return self._bound[self.number]
        return kind(initial=self._initial(kind))

    def _initial(self, kind: type[Page]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, field in kind.base_fields.items():
            if name in self.typed:
                several = isinstance(field, forms.MultipleChoiceField)
                found[name] = self.typed.getlist(name) if several else self.typed[name]
        return found

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the other pages hold, as hidden fields."""
        shown = set() if self.is_summary else set(self.pages[self.number].base_fields)
        names = [name for page in self.pages for name in page.base_fields if name not in shown]
        return [(name, value) for name in names for value in self.typed.getlist(name)]

    @property
    def place(self) -> tuple[int, int]:
        return self.number + 1, len(self.pages) + 1

    @property
    def answers(self) -> dict[str, Any]:
        return {name: value for form in self._bound for name, value in form.cleaned_data.items()}

    @property
    def summary(self) -> list[tuple[str | Promise, list[tuple[str | Promise, str]]]]:
        """(heading, [(question, answer in words)]) of what was answered."""
        return [(form.heading, [(f.label, said) for f in form if (said := _said(f))]) for form in self._bound]

    def refuse(self, why: str | Promise) -> None:
        self.refusal, self.is_sent = why, False


def _said(field: forms.BoundField) -> str:
    value, kind = field.form.cleaned_data.get(field.name), field.field
    if isinstance(kind, forms.ChoiceField) and not isinstance(kind, forms.ModelChoiceField):
        choices: Any = kind.choices
        words = {str(code): str(word) for code, word in choices}
        codes = value if isinstance(value, list) else [value]
        return "；".join(words[code] for code in codes if code in words and code)
    return "" if value in (None, "") else str(value)
