"""The two papers of a hand-over. Neither says more of her than the receiver may see; never where she lives."""

from pathlib import Path
from typing import Any

from agencies.who import federation, liaison
from casework.codes import Role
from casework.documents.facts import Facts, companions, first_of, incidents, person_facts, steps_of
from casework.documents.own import case_facts
from casework.models import SafeContact
from casework.paper.literal import ticked
from casework.paper.papers import Paper
from casework.paper.reader import Reader
from privacy.masks import mask_phone
from referrals.codes import Basis, Item, Outcome, Refusal, Urgency
from referrals.models import Referral
from referrals.selectors import answered_steps, files_of, shown_items
from referrals.workflow import S

HERE = Path(__file__).parent
TEXTS = {Item.CONDITION: "condition", Item.COMPANIONS: "companions"}


def sent(referral: Referral) -> bool:
    return str(referral.state) not in {S.DRAFTED, S.WITHDRAWN}


def standing(referral: Referral) -> bool:
    return str(referral.state) != S.WITHDRAWN


def form(referral: Referral, reader: Reader) -> Facts:
    items = shown_items(referral)
    texts = tuple(name for item, name in TEXTS.items() if item in items)
    accused = companions(referral.case, reader, [Role.RESPONDENT]) if Item.RESPONDENT in items else []
    return shared(referral, reader, items) | {
        "texts": reader.open(referral, "request", "our_contact", *texts),
        "contact": _phone(referral, reader) if Item.SAFE_PHONE in items else "",
        "danger": referral.case.get_danger_display() if Item.DANGER in items else "",
        "suspects": accused,
        "incidents": incidents(referral.case, reader) if Item.INCIDENTS in items else [],
        "files": [
            {"kind": row.evidence.get_kind_display(), "sha256": row.evidence.sha256} for row in files_of(referral)
        ],
        "basis": ticked(Basis.choices, referral.basis),
        "until": referral.consent.ends_on if referral.consent else "",
    }  # fmt: skip


def receipt(referral: Referral, reader: Reader) -> Facts:
    told = list(answered_steps(referral, reader.actor).order_by("seq"))
    answers = [
        {"at": step.recorded_at, "what": referral.flow.move(step.move).button, **_said(opened)}
        for step, opened in zip(told, reader.open_all(told, "payload"), strict=True)
    ]
    return shared(referral, reader, shown_items(referral)) | {
        "answers": answers,
        "accepted": first_of(steps_of(referral), "accept"),
        "refused": first_of(steps_of(referral), "refuse"),
        "refusal": ticked(Refusal.choices, referral.refusal),
        "outcome": ticked(Outcome.choices, referral.outcome),
    }


def shared(referral: Referral, reader: Reader, items: set[str]) -> Facts:
    """Who hands over to whom, what for, how soon; of her only what was ticked for this body."""
    names = [name for item, name in ((Item.NAME, "name"), (Item.ID_NUMBER, "id_number")) if item in items]
    person = referral.case.persons.filter(role=Role.VICTIM).first()
    opened = reader.open(person, *names) if person and names and reader.may_open(person) else {}
    victim = person_facts(person, opened) if person else {}
    known = (*names, *(("sex", "age", "born") if Item.AGE in items else ()))
    return {
        "case": {"reference": case_facts(referral.case)["reference"]},
        "sender": referral.case.agency.name,
        "receiver": referral.receiver.name if referral.receiver else "",
        "service": referral.get_service_display(),
        "urgency": ticked(Urgency.choices, referral.urgency),
        "sent": first_of(steps_of(referral), "send"),
        "victim": {name: victim.get(name) for name in known},
    }


def _phone(referral: Referral, reader: Reader) -> str:
    """Masked: whoever acts asks our contact for the whole number, so that a lost paper leads nobody to her."""
    contact = SafeContact.objects.filter(case=referral.case_id, never_call=False).first()
    return mask_phone(reader.open(contact, "phone").get("phone") or "")


def _said(opened: dict[str, Any]) -> Facts:
    payload = opened["payload"] or {}
    return {"said": payload.get("answer") or payload.get("reason") or "", "who": payload.get("contact") or ""}


PAPERS = (
    Paper("referral_form", Referral, HERE / "form.yaml", form, who=federation, offered=standing),
    Paper(
        "referral_receipt", Referral, HERE / "receipt.yaml", receipt, who=federation | liaison, offered=sent
    ),
)
