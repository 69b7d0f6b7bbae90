"""Where a leave is missing, the answer says how to get it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.models import Person
from privacy.errors import NotApproved


class LeaveMiddleware:
    """Turns NotApproved, wherever it was raised, into one page: whose data, and where to ask. 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotApproved):
            return None
        people = Person.objects.filter(pk__in=exception.object_ids).select_related("case")
        response = render(request, "casework/not_approved.html", {"people": people}, status=403)
        if request.headers.get("HX-Request") and people:
            first = people[0]
            response.headers["HX-Redirect"] = reverse("casework:access_ask", args=[first.case_id, first.pk])
        return response
