"""Calls of the demonstration: advised, kept without data, transferred, and one left open in the middle."""

from datetime import timedelta
from typing import Any

from hotline import services
from hotline.forms import DeskForm
from scenarios.demo.people import somebody, words
from scenarios.demo.stories import Teller


def tell_calls(teller: Teller, number: int) -> None:
    """As many calls as there are cases, spread over the last two months; the last one is still open."""
    rng = teller.rng
    for index in range(number):
        moment = teller.now - timedelta(minutes=rng.randrange(60, 60 * 24 * 60))
        call = services.answer_call(actor=teller.cast.operator, now=moment)
        if index % 4 == 0:
            kind = rng.choice(("silent", "hang_up", "abusive", "wrong", "thanks"))
            services.close_without_data(call=call, kind=kind, actor=teller.cast.operator, now=moment)
            continue
        caller = somebody(rng, "f", rng.randrange(20, 60), moment.year)
        typed = {
            "safety": (safety := rng.choice(("safe", "safe", "unsafe"))), "kind": rng.choice(("self", "bystander")),
            "number": caller.phone, "account": rng.choice(words("words")["accounts"]["physical"]), "rights_informed": "on",
            "forms_of_violence": ["psychological"], "advice": "告知求助途径，约定安全时段。",
        }  # fmt: skip
        form = DeskForm(typed | _end(teller, safety))
        if form.is_valid():
            data, answers = form.cleaned_data, form.answers()
            services.finish_call(
                call=call, data=data, answers=answers, actor=teller.cast.operator, now=moment
            )
    left = services.answer_call(actor=teller.cast.operator, now=teller.now - timedelta(minutes=7))
    draft = {"safety": "unsafe", "kind": "self", "account": "说到一半，电话里有人敲门。"}
    services.save_draft(
        call=left, content=draft, actor=teller.cast.operator, now=teller.now - timedelta(minutes=5)
    )


def _end(teller: Teller, safety: str) -> dict[str, Any]:
    """Whoever is in danger is brought to the police at once; the others are advised."""
    if safety != "unsafe":
        return {"outcome": "advise"}
    return {
        "outcome": "transfer",
        "transferred_to": teller.cast.police.agency_id,
        "to_whom": "值班民警已出警",
    }
