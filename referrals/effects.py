"""What a referral's step causes, through step.obj."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import gettext as _

from agencies.actor import SYSTEM, Actor
from casework.codes import Body, TaskKind
from casework.happenings import HappeningKind
from casework.services import open_task, record_happening
from privacy.reading import reveal
from referrals.codes import Basis, Channel, Service, at_first
from workflow.clocks import cancel_clocks
from workflow.counting import add_months, local_day
from workflow.engine import begin, perform
from workflow.outbox import send
from workflow.rules import rule_data

if TYPE_CHECKING:
    from referrals.models import Consent, Referral
    from workflow.models import StepRecord

ANOTHER_WITHIN = timedelta(days=1)  # our own rule: first contact means finding somebody else (N02)
TOLD_WITHIN = timedelta(days=3)  # our own rule: the law says promptly once the emergency is over (D04)
TEXTS = ("request", "condition", "companions", "our_contact")


def choose_items(step: "StepRecord") -> None:
    """At first only what every service of this kind needs; the worker may tick more, up to what is allowed."""
    referral: Referral = step.obj
    referral.shares = at_first(referral.service)
    referral.save()


def tell_receiver(step: "StepRecord") -> None:
    referral: Referral = step.obj
    if referral.receiver_id:
        send(topic="notice", agency_id=referral.receiver_id, kind=f"referral_{step.to_state}", obj=referral)


def tell_sender(step: "StepRecord") -> None:
    send(topic="notice", agency_id=step.obj.case.agency_id, kind=f"referral_{step.to_state}", obj=step.obj)


def settle_consent(step: "StepRecord") -> None:
    """The consent it rests on: the one in force for this body and service, or the one just given."""
    referral: Referral = step.obj
    referral.consent = None
    if referral.basis == Basis.CONSENT:
        given = step.asked
        if given.get("consent_until"):
            referral.consent = begin(
                apps.get_model("referrals", "Consent"), actor=step.actor, at=step.when, now=step.recorded_at,
                case=referral.case, agency=referral.receiver_id, service=referral.service, ends_on=given["consent_until"],
                given_by=given["given_by"], how=given["how"],
            )  # fmt: skip
        else:
            referral.consent = referral.consent_on_record()
    referral.save()


def write_ledger(step: "StepRecord") -> None:
    """What went to whom, on which basis; kept for three years at least (D06)."""
    why = step.asked.get("why_without", "")
    enter_disclosure(step.obj, Channel.ACCOUNT, actor=step.actor, now=step.recorded_at, why=why)


def enter_disclosure(
    referral: "Referral", channel: str, *, actor: Actor, now: datetime, why: str = ""
) -> None:
    months = rule_data("disclosure_record_retention").duration or 0
    row = referral.disclosures.model(
        case=referral.case, referral=referral, agency=referral.receiver, service=referral.service,
        basis=referral.basis, consent=referral.consent, items=list(referral.shares), channel=channel,
        shared_at=now, kept_until=add_months(local_day(now), months), reason=why or None,
    )  # fmt: skip
    row.acting(actor).save()


def note_sent(step: "StepRecord") -> None:
    record_happening(
        step.obj.case,
        actor=step.actor,
        kind=HappeningKind.REFERRAL_SENT,
        when=step.when,
        actor_body=Body.FEDERATION,
    )


def tell_her_later(step: "StepRecord") -> None:
    """Shared in an emergency without asking her: she is told once it is over (D04)."""
    referral: Referral = step.obj
    if referral.basis == Basis.EMERGENCY:
        open_task(
            referral.case, actor=SYSTEM, kind=TaskKind.OTHER, due_at=step.recorded_at + TOLD_WITHIN, obj=referral,
            text=_("Tell her, when it is safe, what was passed on to another body in the emergency, and why."),
        )  # fmt: skip


def note_granted(step: "StepRecord") -> None:
    """Legal aid accepted is legal aid granted: no means test for domestic violence (LA 32)."""
    if step.obj.service == Service.LEGAL_AID:
        record_happening(
            step.obj.case,
            actor=step.actor,
            kind=HappeningKind.LEGAL_AID_GRANTED,
            when=step.when,
            actor_body=Body.JUSTICE,
        )


def find_another(step: "StepRecord") -> None:
    """Whoever was reached first may not leave her without help. A code holder has no account, so the house asks."""
    referral: Referral = step.obj
    open_task(
        referral.case, actor=SYSTEM, kind=TaskKind.OTHER, due_at=step.recorded_at + ANOTHER_WITHIN, obj=referral,
        text=_("The other body sent the referral back: find another one, or talk over with her what to do."),
    )  # fmt: skip


def drop_clocks(step: "StepRecord") -> None:
    """What nobody owes any more is neither kept nor missed."""
    cancel_clocks(step.obj, now=step.recorded_at)


def draft_next(step: "StepRecord") -> None:
    """The same request, ready for the next body; her consent is asked for anew, since it was for the other one."""
    old: Referral = step.obj
    texts = reveal(old, *TEXTS, actor=step.actor)
    begin(
        type(old), actor=step.actor, now=step.recorded_at, case=old.case, previous=old, service=old.service,
        urgency=old.urgency, receiver=old.next_receiver_id, limitation_on=old.limitation_on,
        **{name: text for name, text in texts.items() if text},
    )  # fmt: skip
    finish_search(step)


def finish_search(step: "StepRecord") -> None:
    """Nobody needs to be reminded to look for another body any more."""
    old: Referral = step.obj
    for task in old.case.tasks.filter(obj_id=old.pk, done_at=None):
        task.done_at, task.done_by_id = step.recorded_at, step.actor.user_id
        task.save()


def note_end(step: "StepRecord") -> None:
    """From here the days run after which the receiver can open nothing any more."""
    referral: Referral = step.obj
    referral.ended_at = step.recorded_at
    referral.save()
    cancel_clocks(referral, now=step.recorded_at)
    finish_search(step)


def close_what_rested_on_it(step: "StepRecord") -> None:
    """She has withdrawn her consent: every open referral that rests on it goes with it, in this transaction."""
    consent: Consent = step.obj
    for referral in consent.referrals.filter(state__in=type(consent).closable):
        perform(
            referral, "withdraw", actor=step.actor, at=step.when, now=step.recorded_at,
            reason=_("She withdrew her consent."),
        )  # fmt: skip
