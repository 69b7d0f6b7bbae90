"""What the pages of the desk share: the call in reach, what was typed, who may know whom."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from agencies.kinds import Role
from agencies.middleware import ActorRequest
from hotline import selectors, services
from hotline.models import Call

NOBODY = selectors.Banner()
STAFF = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
MULTIPLE = ("forms_of_violence", "flags", "wishes", "safe_days")
NOT_TYPED = frozenset(
    {
        "csrfmiddlewaretoken",
        "outcome",
        "look_up",
        "address_of",
        "mine",
        "nothing",
        "sure",
        "window",
        "base",
        "offered_to",
    }
)


def call_in_reach(request: ActorRequest, pk: UUID) -> Call:
    rows = Call.objects.visible_to(request.actor)
    found: Call = get_object_or_404(rows.select_related("case", "operator", "offered_to"), pk=pk)
    return found


def typed_in(request: ActorRequest) -> dict[str, Any]:
    """What the browser sent, as typed: lists for the fields with several answers."""
    sent: MultiValueDict[str, str] = request.POST
    return {
        name: sent.getlist(name) if name in MULTIPLE else sent[name] for name in sent if name not in NOT_TYPED
    }


def keep(request: ActorRequest, found: Call, typed: dict[str, Any]) -> int:
    """Save the draft of this window; the revision that now stands. Raises StaleDraft."""
    base = request.POST.get("mine") or request.POST.get("base", "")
    draft = services.save_draft(
        call=found, content=typed, actor=request.actor, now=timezone.now(),
        window=request.POST.get("window", "")[:36], base=int(base) if base.isascii() and base.isdigit() else 0,
    )  # fmt: skip
    return int(draft.rev)


def banners(request: ActorRequest, found: Call, typed: dict[str, Any]) -> dict[str, Any]:
    """The left column: who this number is, and who the words typed may mean, each case once."""
    now, number, who = timezone.now(), str(typed.get("number") or ""), str(typed.get("who") or "")
    banner = selectors.banner(number, actor=request.actor, exclude=found.pk, now=now) if number else None
    results = selectors.search(who, actor=request.actor, now=now) if who.strip() else None
    seen = {row.case.pk for row in banner.known} if banner else set()
    more = max(one.more for one in (banner, results, NOBODY) if one)
    rows = [row for row in results.known if row.case.pk not in seen] if results else []
    picked = str(typed.get("case") or "")
    return {"banner": banner, "results": results, "result_rows": rows, "more": more, "picked": picked}
