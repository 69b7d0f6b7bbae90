"""The page for a partner without an account: a code, what it opens, one answer. Nothing personal stands in an address."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.address import client_address
from agencies.guards import for_anybody
from agencies.throttle import remember, wait_for
from casework.copies import NoCopy
from casework.services import evidence_file
from casework.serving import attachment
from privacy.request import person_proved
from referrals import selectors, services
from referrals.forms import CodeForm
from referrals.models import HandOverCode, Referral
from referrals.reading import open_referral
from referrals.workflow import S
from workflow.engine import perform, perform_posted
from workflow.errors import BadTakes, NotAllowed, NotNow, NotVisible, Refused
from workflow.forms import MoveForm, move_form

KEY = "hand_over"
MOVES = ("accept", "refuse", "start", "feed_back", "finish", "allow", "uphold")


@for_anybody
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Every wrong code looks the same: unknown, used, void, too old, or closed since."""
    now, address = timezone.now(), client_address(request)
    name = f"hand-over {address}"
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if wait := wait_for(name, address, now):
            return _say(request, "referrals/enter.html", {"form": form, "wait": wait}, 429, wait)
        found = services.use_code(form.cleaned_data["code"], now=now)
        remember(name, address, found is not None, now)
        if found is not None:
            if found.referral.state == S.SENT:
                perform(found.referral, "see", actor=found.actor, now=now)
            request.session.cycle_key()
            request.session[KEY] = str(found.pk)
            return redirect("hand_over:hand_over")
        form.refuse()
    return _say(request, "referrals/enter.html", {"form": form}, 422 if form.errors else 200)


@for_anybody
@require_GET
def hand_over(request: HttpRequest) -> HttpResponse:
    found = _sitting(request)
    if found is None:
        return _over(request)
    return _page(request, *found)


@for_anybody
@require_POST
def answer(request: HttpRequest, name: str) -> HttpResponse:
    """One move of the receiving body. What was typed is kept when it cannot be taken."""
    found = _sitting(request)
    if found is None or name not in MOVES:
        return _over(request)
    code, referral = found
    try:
        perform_posted(referral, name, actor=code.actor, data=request.POST)
    except BadTakes as refused:
        return _page(request, code, referral, 422, refused.form)
    except (NotNow, NotAllowed, Refused):
        referral.refresh_from_db()
        return _page(request, code, referral, 409)
    return _thanks(request, code, referral, name)


def _thanks(request: HttpRequest, code: HandOverCode, referral: Referral, name: str) -> HttpResponse:
    """After an acceptance or an interim word: a code for the next answer. After the last word the sitting ends."""
    following = ""
    if referral.is_open:
        following = services.make_code(referral, actor=code.actor, now=timezone.now())
    request.session.flush()
    until = timezone.now() + services.GOOD_FOR
    return _say(request, "referrals/thanks.html", {"obj": referral, "code": following, "until": until}, 200)


@for_anybody
@require_POST
def file(request: HttpRequest, piece: UUID) -> HttpResponse:
    found = _sitting(request)
    row = selectors.files_of(found[1]).filter(pk=piece).first() if found else None
    if found is None or row is None:
        return _over(request)
    try:
        return attachment(evidence_file(row.evidence, actor=found[0].actor), f"file-{row.pk.hex[:8]}")
    except NoCopy:
        words = _("This file could not be copied without its hidden data. Ask the federation for it.")
        return HttpResponse(words, status=409, content_type="text/plain; charset=utf-8")


def _sitting(request: HttpRequest) -> tuple[HandOverCode, Referral] | None:
    """The code was shown once and is used up: it is the proof for as long as the sitting lasts."""
    try:
        found = services.sitting(UUID(str(request.session.get(KEY, ""))), timezone.now())
    except ValueError:
        return None
    if found is not None:
        person_proved()
    return found


def _over(request: HttpRequest) -> HttpResponse:
    """The sitting has ended, or the matter was closed to this body: the same answer, and nothing to see."""
    return _say(request, "referrals/over.html", {}, 404)


def _page(
    request: HttpRequest,
    code: HandOverCode,
    referral: Referral,
    status: int = 200,
    refused: MoveForm | None = None,
) -> HttpResponse:
    try:
        shown = open_referral(referral, code.actor, number=True)
    except NotVisible:
        return _over(request)
    main, others = selectors.moves_of(referral, code.actor)
    forms = [
        refused
        if refused is not None and refused.move is one.move
        else move_form(referral, one.move, code.actor)
        for one in (*main, *others)
        if one.move.name in MOVES
    ]
    context = {
        "obj": referral, "shown": shown, "forms": forms, "files": selectors.files_of(referral), "late": status == 409,
        "wrong": refused,
    }  # fmt: skip
    return _say(request, "referrals/hand_over.html", context, status)


def _say(
    request: HttpRequest, template: str, context: dict[str, Any], status: int, wait: int = 0
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    if wait:
        response["Retry-After"] = str(wait)
    return response
