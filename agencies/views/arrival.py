"""The last step at the door, whichever way somebody has proved who she is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.address import client_address
from agencies.models import Network, Posting, User
from agencies.networks import admits
from agencies.resets import tell
from agencies.selectors import postings_of
from agencies.sign_in import begin_session


def come_in(
    request: HttpRequest, user: User, wanted: str, *, factor: float | None = None, provider: bool = False
) -> HttpResponse:
    """Into the only posting, or to the page where one is chosen."""
    now = timezone.now()
    postings = postings_of(user, now)
    posting = postings[0] if len(postings) == 1 else None
    begin_session(request, user, posting, now, factor=factor, provider=provider)
    if tell(user, now):
        text = _(
            "Your second steps were taken away by two administrators. If you do not know why, tell them now."
        )
        messages.warning(request, text)
    if len(postings) != 1:
        request.session["next"] = wanted
        return redirect("agencies:choose_posting")
    return redirect(wanted)


def may_come_from_here(request: HttpRequest, postings: list[Posting]) -> bool:
    """Whether one of the agencies takes people from this address; each request asks again."""
    address, named = client_address(request), dict[object, list[str]]()
    agencies = {posting.agency_id for posting in postings}
    for agency_id, cidr in Network.objects.filter(agency__in=agencies).values_list("agency_id", "cidr"):
        named.setdefault(agency_id, []).append(cidr)
    return any(admits(named.get(one, []), address) for one in agencies)
