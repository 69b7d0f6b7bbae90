"""What a move is answered with: a page, a fragment for htmx, or JSON. The status codes are the same."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from agencies.middleware import ActorRequest
from workflow.engine import OpenMove, open_moves, reach
from workflow.errors import BadTakes, KeyReused, NotAllowed, NotNow, Refused, StaleEdit, Unmet
from workflow.forms import MoveForm, move_form
from workflow.models import LifeModel
from workflow.table import Move, Need

Refusal = BadTakes | NotAllowed | Refused
CODES: dict[type[Exception], tuple[str, HTTPStatus]] = {
    BadTakes: ("bad_takes", HTTPStatus.UNPROCESSABLE_ENTITY),
    NotAllowed: ("not_allowed", HTTPStatus.FORBIDDEN),
    NotNow: ("not_now", HTTPStatus.CONFLICT),
    Unmet: ("unmet", HTTPStatus.CONFLICT),
    StaleEdit: ("stale", HTTPStatus.CONFLICT),
    KeyReused: ("key_reused", HTTPStatus.CONFLICT),
}


def for_request(request: ActorRequest, obj: LifeModel, move: Move) -> "Page":
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return Json(request, obj, move)
    return Fragment(request, obj, move) if request.headers.get("HX-Request") else Page(request, obj, move)


def move_url(obj: LifeModel, move: Move) -> str:
    return reverse("workflow:move", args=[obj.flow.key, obj.pk, move.name])


class Page:
    """Whole pages and redirects: works without JavaScript."""

    template = "workflow/move.html"
    in_slot = False

    def __init__(self, request: ActorRequest, obj: LifeModel, move: Move) -> None:
        self.request, self.obj, self.move, self.actor = request, obj, move, request.actor

    def form(self) -> HttpResponse:
        """The empty form; the law that is not yet met is told before anything is typed."""
        if not self.move.who(self.actor, self.obj):
            return self.refusal(NotAllowed())
        open_now = open_moves(self.obj, self.actor)
        if self.obj.state not in self.move.frm:
            return self.refusal(NotNow(self.obj, self.move, open_now))
        unmet = next(found.unmet for found in open_now if found.move is self.move)
        form = move_form(self.obj, self.move, self.actor)
        return self.show("", HTTPStatus.OK, form, unmet, open_now)

    def refusal(self, refusal: Refusal) -> HttpResponse:
        code, status = CODES[type(refusal)]
        if isinstance(refusal, BadTakes):
            return self.show(code, status, refusal.form, [], [])
        if isinstance(refusal, NotAllowed):
            return self.forbidden()
        self.obj = refusal.obj
        needs = refusal.needs if isinstance(refusal, Unmet) else []
        return self.show(code, status, self._typed(), needs, refusal.open_moves)

    def _typed(self) -> MoveForm:
        """The form with what was typed, over the object as it stands now, ready to be sent again."""
        if self.request.method != "POST":
            return move_form(self.obj, self.move, self.actor)
        data = self.request.POST.copy()
        data["rev"] = str(self.obj.rev)
        return move_form(self.obj, self.move, self.actor, data, self.request.FILES)

    def forbidden(self) -> HttpResponse:
        raise PermissionDenied

    def done(self) -> HttpResponse:
        """After the move: the place of the object, or home if it has passed out of this actor's sight."""
        response = HttpResponse(status=HTTPStatus.SEE_OTHER)
        response["Location"] = self.obj.place_for(self.actor) if self._in_sight() else reverse("home")
        return response

    def _in_sight(self) -> bool:
        try:
            self.obj = reach(type(self.obj), self.obj.pk, self.actor)
        except Http404:
            return False
        return True

    def show(
        self, code: str, status: HTTPStatus, form: MoveForm, unmet: list[Need], others: list[OpenMove]
    ) -> HttpResponse:
        context: dict[str, Any] = {
            "obj": self.obj,
            "move": self.move,
            "form": form,
            "code": code,
            "unmet": unmet,
            "others": [found for found in others if found.move is not self.move and not found.blocked],
            "can_send": self.obj.state in self.move.frm,
            "in_slot": self.in_slot,
            "place": self.obj.place_for(self.actor),
        }
        return render(self.request, self.template, context, status=status)


class Fragment(Page):
    """For htmx: the panel of the object after a move, the form or the refusal in its slot before."""

    template = "workflow/_move_form.html"
    in_slot = True

    def done(self) -> HttpResponse:
        if not self._in_sight():
            return HttpResponse(headers={"HX-Redirect": reverse("home")})
        template, context = self.obj.panel(self.actor)
        response = render(self.request, template, {"actor": self.actor, **context})
        # A room's panel may bring its own frame or leave it to the page.
        framed = f'id="{self.obj.panel_id}"'.encode() in response.content
        return _aim(response, f"#{self.obj.panel_id}", "outerHTML" if framed else "innerHTML")

    def show(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return _aim(super().show(*args, **kwargs), f"#move-{self.obj.pk}", "innerHTML")


def _aim(response: HttpResponse, target: str, swap: str) -> HttpResponse:
    response["HX-Retarget"], response["HX-Reswap"] = target, swap
    return response


class Json(Page):
    """The same as an API action: {state, open_moves, unmet} and, on refusal, why."""

    def done(self) -> HttpResponse:
        if not self._in_sight():
            return JsonResponse({"state": None, "open_moves": [], "unmet": []})
        return JsonResponse(self._body("", [], open_moves(self.obj, self.actor)))

    def forbidden(self) -> HttpResponse:
        body = self._body("not_allowed", [], open_moves(self.obj, self.actor))
        return JsonResponse(body, status=HTTPStatus.FORBIDDEN)

    def show(
        self, code: str, status: HTTPStatus, form: MoveForm, unmet: list[Need], others: list[OpenMove]
    ) -> HttpResponse:
        body = self._body(code, unmet, others or open_moves(self.obj, self.actor))
        if code == "bad_takes":
            body["errors"] = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
        body["takes"] = list(form.fields)
        return JsonResponse(body, status=status)

    def _body(self, code: str, unmet: list[Need], open_now: list[OpenMove]) -> dict[str, Any]:
        return {
            **({"refused": code} if code else {}),
            "state": self.obj.state,
            "rev": self.obj.rev,
            "open_moves": [_described(self.obj, found) for found in open_now],
            "unmet": [_reason(need) for need in unmet],
        }


def _described(obj: LifeModel, found: OpenMove) -> dict[str, Any]:
    return {
        "move": found.move.name,
        "label": str(found.move.button),
        "url": move_url(obj, found.move),
        "unmet": [_reason(need) for need in found.unmet],
    }


def _reason(need: Need) -> dict[str, str]:
    return {"need": need.name, "why": str(need.why), "law": need.law}
