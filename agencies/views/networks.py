"""From which networks an agency's people may work. A list that would shut out whoever saves it is refused."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies import services
from agencies.address import client_address
from agencies.forms import NetworksForm
from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.models import Agency
from agencies.networks import admits
from agencies.step_up import prove_again


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def networks(request: ActorRequest, pk: UUID) -> HttpResponse:
    agency, address = get_object_or_404(Agency, pk=pk), client_address(request)
    standing = "\n".join(agency.networks.values_list("cidr", flat=True))
    form = NetworksForm(request.POST or None, initial={"networks": standing})
    if request.method == "POST" and form.is_valid():
        named = form.cleaned_data["networks"]
        if pk != request.actor.agency_id or admits(named, address):
            return prove_again(request) or _saved(request, agency, named)
        text = _("Your own address %(address)s is in none of these networks: you would shut yourself out.")
        form.add_error("networks", text % {"address": address})
    context = {"form": form, "agency": agency, "address": address}
    return render(request, "agencies/networks.html", context, status=422 if form.errors else 200)


def _saved(request: ActorRequest, agency: Agency, named: list[str]) -> HttpResponse:
    services.set_networks(actor=request.actor, agency=agency, cidrs=named)
    messages.success(request, _("Saved. It counts from the next click of everybody there."))
    return redirect("agencies:agency", pk=agency.pk)
