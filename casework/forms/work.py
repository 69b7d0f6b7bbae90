"""Forms for what happened, what is kept, what has to be done."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from casework.codes import Body, EvidenceClass, Form, NoteKind, TaskKind
from casework.forms.fields import PlainField, Ticks, WhenFields, YesNo
from casework.happenings import HappeningKind

MEGABYTE = 1024 * 1024


class IncidentForm(WhenFields):
    forms_ = Ticks(Form, label=_("Forms of violence"))
    account = PlainField(label=_("What happened"), max_length=8000, long=True)
    place = PlainField(label=_("Place"), max_length=200)
    injured = YesNo(label=_("Injured"))
    weapon = YesNo(label=_("A weapon was used or shown"))
    children_present = YesNo(label=_("Children were present"))
    police_called = YesNo(label=_("Police were called"))

    def columns(self) -> dict[str, Any]:
        names = ("account", "place", "injured", "weapon", "children_present", "police_called")
        return {"forms": self.cleaned_data["forms_"], **{name: self.cleaned_data[name] for name in names}}


class HappeningForm(WhenFields):
    kind = forms.ChoiceField(label=_("Event"), choices=HappeningKind.choices)
    actor_body = forms.ChoiceField(label=_("Who acted"), choices=Body.choices, initial=Body.UNKNOWN)
    details = PlainField(label=_("Details"), max_length=4000, long=True)
    inferred = forms.BooleanField(label=_("Concluded, not told"), required=False)
    field_order = ("kind", "actor_body", "precision", "on", "at", "details")


class NoteForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of note"), choices=NoteKind.choices)
    text = PlainField(label=_("Note"), max_length=8000, long=True, required=True)


class TaskForm(forms.Form):
    kind = forms.ChoiceField(label=_("Task"), choices=TaskKind.choices)
    text = PlainField(label=_("What is to be done"), max_length=2000, long=True)
    assigned_agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Body"), required=False,
        help_text=_("Empty: whoever is responsible for the case."),
    )  # fmt: skip
    due_at = forms.DateTimeField(
        label=_("Due"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip


class TaskDoneForm(forms.Form):
    outcome = PlainField(label=_("What came of it"), max_length=4000, long=True)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files under one name; each within the limit. The answer is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in sent if one]
        for file in files:
            if file.size > settings.EVIDENCE_MOST_BYTES:
                raise forms.ValidationError(
                    _("The file has %(size)d MB; at most %(most)d MB can be stored."),
                    params={
                        "size": file.size // MEGABYTE + 1,
                        "most": settings.EVIDENCE_MOST_BYTES // MEGABYTE,
                    },
                )
        return files


class EvidenceForm(WhenFields):
    kind = forms.ChoiceField(label=_("Class of evidence"), choices=EvidenceClass.choices)
    title = PlainField(label=_("What it is"), max_length=110, required=True)
    note = PlainField(label=_("Where it comes from"), max_length=2000, long=True)
    original_held = forms.BooleanField(label=_("We hold the original"), required=False)
    file = FilesField(
        label=_("Files"), required=False, allow_empty_file=False,
        help_text=_("Photo, audio, video or PDF; at most ten files of 50 MB each. They are sealed while they arrive."),
    )  # fmt: skip
    field_order = ("kind", "title", "file", "precision", "on", "at", "note")


class HintForm(forms.Form):
    """Why a suggestion is not followed."""

    reason = PlainField(label=_("Why it is not followed"), max_length=1000, long=True, required=True)

    def __init__(self, *args: Any, hint: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint
