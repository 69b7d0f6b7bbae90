"""What the views of a case share: reaching the case, and one way to fill in a form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.models import Case
from casework.selectors import danger_bar, visible_cases
from privacy.errors import StaleRow

WORKERS = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
for_workers = for_roles(*WORKERS)


def the_case(request: ActorRequest, pk: UUID) -> Case:
    """The case, or 404: foreign and absent are the same."""
    found = visible_cases(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def fill_in(
    request: ActorRequest, case: Case, form: forms.Form, act: Callable[[], object], *,
    title: Any, anchor: str = "", template: str = "casework/form.html", back: str = "", **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show the form; on a good POST act and go back to the case. What was typed is never lost."""
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid():
                act()
                messages.success(request, _("Saved."))
                if back:
                    return redirect(f"casework:{back}", case.pk)
                return HttpResponseRedirect(f"{case.get_absolute_url()}{'#' + anchor if anchor else ''}")
            status = 422
        except ValidationError as wrong:
            form.add_error(None, wrong)
            status = 422
        except StaleRow:
            context["stale"] = True
            status = 409
    page = {
        "case": case,
        "form": form,
        "heading": title,
        "anchor": anchor,
        **danger_bar(case),
        **context,
    }
    return render(request, template, page, status=status)
