from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from agencies.guards import STAFF, for_roles
from agencies.middleware import ActorRequest
from tests.workflow.sample.models import Errand
from workflow.engine import reach


@for_roles(*STAFF)
def errand(request: ActorRequest, pk: UUID) -> HttpResponse:
    return render(request, "sample/errand.html", {"obj": reach(Errand, pk, request.actor)})


urlpatterns = [path("errands/<uuid:pk>", errand, name="errand")]
