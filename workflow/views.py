"""The one view: every move of every life is made here."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from agencies.guards import STAFF, for_roles
from agencies.middleware import ActorRequest
from agencies.step_up import prove_again
from privacy.request import about
from workflow import replies
from workflow.engine import perform_posted, reach
from workflow.errors import BadTakes, NotAllowed, Refused
from workflow.registry import lives
from workflow.table import Move, Workflow


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*STAFF)
def move(request: ActorRequest, flow: str, pk: UUID, name: str) -> HttpResponse:
    """GET: the form. POST: the move; 404 absent or foreign, 403 not yours, 409 not now, 422 wrong shape."""
    model = lives().get(flow)
    if model is None:
        raise Http404
    row = _row(model.flow, name)
    obj = reach(model, pk, request.actor)
    about(table=model._meta.db_table, owner=obj.subject_id)
    reply = replies.for_request(request, obj, row)
    if request.method != "POST":
        return reply.form()
    if row.proof and (question := prove_again(request)):
        return question
    try:
        perform_posted(obj, name, actor=request.actor, data=_data(request), files=request.FILES)
    except (BadTakes, NotAllowed, Refused) as refusal:
        return reply.refusal(refusal)
    return reply.done()


def _row(flow: Workflow, name: str) -> Move:
    for row in flow:
        if row.name == name:
            return row
    raise Http404


def _data(request: HttpRequest) -> Mapping[str, Any]:
    """What was sent: form fields, or a JSON object of the same names."""
    if request.content_type != "application/json":
        return request.POST
    try:
        sent = json.loads(request.body)
    except ValueError:
        sent = {}
    return sent if isinstance(sent, dict) else {}
