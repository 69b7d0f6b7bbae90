"""Forms of the shelter's own pages: a site and a place. Shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.fields import PlainField
from casework.measures.shelter_stay.codes import PlaceType
from casework.measures.shelter_stay.models import NORM, Place, ShelterSite


class SiteForm(forms.Form):
    code = PlainField(
        label=_("Cover name"), max_length=12, required=True,
        help_text=_("A name that says nothing about where it is, such as “Magnolia”."),
    )  # fmt: skip
    address = PlainField(
        label=_("Address"), max_length=200, required=True,
        help_text=_("Sealed. Only people posted at your shelter can open it."),
    )  # fmt: skip
    norm_days = forms.IntegerField(
        label=_("Usual length of a stay, in days"), min_value=1, max_value=90, initial=NORM,
        help_text=_("Nationally about ten days; set another number only where the local rule has one."),
    )  # fmt: skip
    apart = forms.BooleanField(
        label=_("Apart from relief station and welfare home"), required=False,
        help_text=_("Only such a site may take in anybody: mixing is forbidden."),
    )  # fmt: skip

    def __init__(self, *args: Any, agency_id: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency_id = agency_id

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        code, address = data.get("code", ""), data.get("address", "")
        if code and address and (code in address or address in code):
            self.add_error(
                "code", _("The cover name stands in the address: choose one that gives nothing away.")
            )
        if code and ShelterSite.objects.filter(agency_id=self.agency_id, code=code).exists():
            self.add_error("code", _("There is a site of this name already."))
        return data


class PlaceForm(forms.Form):
    number = PlainField(label=_("Room and bed"), max_length=12, required=True)
    kind = forms.ChoiceField(label=_("For whom"), choices=PlaceType.choices)
    capacity = forms.IntegerField(label=_("Beds"), min_value=1, max_value=12, initial=1)

    def __init__(self, data: Any = None, *, site: ShelterSite) -> None:
        super().__init__(data, auto_id=f"{site.pk}-%s")
        self.site = site

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        if Place.objects.filter(site=self.site, number=number).exists():
            raise forms.ValidationError(_("There is a place of this name already."))
        return number
