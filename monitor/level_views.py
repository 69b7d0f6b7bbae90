"""The page of the level above: what the levels below have sent, and what can be added up."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.middleware import ActorRequest
from monitor import collecting
from monitor.dictionary import dictionary
from monitor.levels import Levels
from monitor.people import is_bureau
from monitor.stored import LAST_YEAR
from monitor.views import for_readers


@require_http_methods(["GET", "POST"])
@for_readers
def levels(request: ActorRequest) -> HttpResponse:
    if not is_bureau(request.actor):
        raise Http404
    area, faults = request.posting.agency.area, []
    if request.method == "POST":
        sent = request.FILES.get("file")
        data = sent.read(collecting.MOST_BYTES + 1) if sent else b""
        try:
            collecting.take_in(
                area.pk, data, request.POST.get("digest", "").strip().lower(), actor=request.actor
            )
            messages.success(request, _("Taken in."))
            return redirect("monitor:levels")
        except ValidationError as wrong:
            faults = wrong.messages
    known = Levels(area.pk)
    book = dictionary().indicators
    sums = [(book[code], year, x, n) for code, year, x, n in known.sums(LAST_YEAR)] if known else []
    newest = {one.code: (one, year, x, n) for one, year, x, n in sums}
    context = {"parts": known.parts, "sums": list(newest.values()), "faults": faults, "place": area}
    return render(request, "monitor/levels.html", context, status=422 if faults else 200)
