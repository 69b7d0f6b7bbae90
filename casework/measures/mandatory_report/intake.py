"""A report from outside: it opens a case of its own, goes to the police, and is told by a receipt."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from agencies.actor import SYSTEM, Actor
from agencies.bodies import federation_for
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.wall import as_system
from casework.codes import Channel, Flag, Matter, Relation, Sex
from casework.codes import Role as PersonRole
from casework.forms.fields import when_of
from casework.measures.mandatory_report.codes import FLAGS, UNIT_OF, Duty, Origin, Situation, Unable, Unit
from casework.measures.mandatory_report.models import MandatoryReport, mark
from casework.models import Case
from casework.reference import ALPHABET
from casework.services import add_person, open_case, record_reporter
from workflow.engine import begin
from workflow.when import Precision, When

Answers = Mapping[str, Any]
SAME_WORDS_WITHIN = timedelta(
    hours=24
)  # our own rule: a second report of the same words is later a second report
SEXUAL = frozenset({Situation.MR1, Situation.MR2, Situation.MR3})
CODE_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Sent:
    """What the sender is told. `code`: empty where it was already shown in another window."""

    report: MandatoryReport
    code: str
    again: bool = False


@transaction.atomic
@as_system()
def submit(answers: Answers, *, actor: Actor | None, key: str, now: datetime) -> Sent:
    """Take in one report. `actor`: whoever is signed in, None for the public form. `key`: of the form it was typed in.

    Sent twice, by a double click or from a second window within a day, it is one report. No step and no row but
    the reporter's own names the sender.
    """
    digest = mark(
        "content", json.dumps([dict(answers), str(actor and actor.user_id)], sort_keys=True, default=str)
    )
    _one_at_a_time(digest)
    form_mark, code = mark("form", key), _code(key, digest)
    for earlier in MandatoryReport.objects.visible_to(SYSTEM).filter(digest=digest).order_by("-created_at"):
        if earlier.form_mark == form_mark:
            return Sent(earlier, code, again=True)
        if earlier.created_at > now - SAME_WORDS_WITHIN:
            return Sent(earlier, "", again=True)
    case = _open(answers, actor, now)
    _people(case, answers)
    _reporter(case, answers, actor)
    report = begin(
        MandatoryReport, actor=SYSTEM, at=When.instant(now), now=now, case=case, digest=digest, form_mark=form_mark,
        query_mark=mark("query", code), created_at=now, **_columns(answers, actor),
    )  # fmt: skip
    return Sent(report, code)


def _one_at_a_time(digest: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [digest])


def _code(key: str, digest: str) -> str:
    """The query code: the same for the same form and words, so that a double click shows it again."""
    number = int(mark("code", f"{key}:{digest}"), 16)
    letters = []
    for _letter in range(CODE_LETTERS):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def new_key() -> str:
    return uuid.uuid4().hex


def unit_of(answers: Answers, actor: Actor | None) -> str:
    return str(answers["unit"]) if actor is None else UNIT_OF.get(AgencyKind(actor.kind), Unit.STATE)


def origin_of(actor: Actor | None) -> Origin:
    if actor is None:
        return Origin.PUBLIC
    return Origin.FEDERATION if actor.kind == AgencyKind.FEDERATION else Origin.AGENCY


def _columns(answers: Answers, actor: Actor | None) -> dict[str, Any]:
    found = when_of(
        Precision.INSTANT if answers["found_at"] else Precision.DAY, answers["found_on"], answers["found_at"]
    )
    outside = actor is not None and actor.kind != AgencyKind.FEDERATION
    return {
        "duty": answers["duty"], "situations": answers["situations"], "unable_reasons": answers["unable_reasons"],
        "unit": unit_of(answers, actor), "found_how": answers["found_how"], "place": answers["place"] or None,
        "injury": answers["injury"] or None, "account": answers["account"], "materials": answers["materials"] or None,
        "origin": origin_of(actor), "sender_told_police": answers["told_police"] == "yes",
        "sender": mark("sender", actor.agency_id) if outside and actor else "",
        "happened_from": found.earliest, "happened_to": found.latest, "precision": found.precision,
    }  # fmt: skip


def _open(answers: Answers, actor: Actor | None, now: datetime) -> Case:
    """A case at intake in the federation of the place; our own people's report stays in their own house."""
    ours = actor is not None and actor.kind == AgencyKind.FEDERATION
    home = actor.agency_id if actor and ours else federation_for(answers["area"]).pk
    return open_case(
        actor=SYSTEM, agency_id=home, at=When.instant(now), channel=Channel.ONLINE, matter=_matter(answers),
        area=answers["area"], relation=answers["suspect_relation"] or Relation.NOT_STATED, flags=sorted(_flags(answers)),
    )  # fmt: skip


def _matter(answers: Answers) -> Matter:
    if answers["duty"] == Duty.MINOR:
        return Matter.CHILD_SEXUAL_ABUSE if SEXUAL & set(answers["situations"]) else Matter.CHILD_ABUSE
    return Matter.ELDER_ABUSE if Unable.AGE in answers["unable_reasons"] else Matter.DV


def _flags(answers: Answers) -> set[str]:
    if answers["duty"] == Duty.MINOR:
        return {Flag.MINOR}
    if answers["duty"] == Duty.INCAPABLE:
        return {Flag.INCAPABLE}
    return {FLAGS[Unable(why)] for why in answers["unable_reasons"]}


def _people(case: Case, answers: Answers) -> None:
    add_person(
        case, actor=SYSTEM, role=PersonRole.VICTIM, name=answers["victim_name"], phone=answers["victim_phone"],
        age=answers["victim_age"], sex=answers["victim_sex"] or Sex.UNKNOWN, flags=sorted(_flags(answers)),
    )  # fmt: skip
    if answers["suspect_name"] or answers["suspect_relation"]:
        add_person(
            case, actor=SYSTEM, role=PersonRole.RESPONDENT, name=answers["suspect_name"],
            relation_to_victim=answers["suspect_relation"],
        )  # fmt: skip


def _reporter(case: Case, answers: Answers, actor: Actor | None) -> None:
    """Into the compartment of its own, and nowhere else (MR20 13, ADVL 14)."""
    if actor is None:
        given = (answers["reporter_name"], answers["reporter_phone"], answers["unit_name"])
        if any(given):
            name, phone, note = given
            record_reporter(
                case, actor=SYSTEM, name=name, phone=phone, note=note, body=answers["unit"] != Unit.CITIZEN
            )
    elif actor.role == Role.LIAISON:
        body = Agency.objects.filter(postings=actor.posting_id).values_list("name", flat=True).get()
        record_reporter(case, actor=SYSTEM, name=actor.label, phone="", note=body, body=True)
    case.refresh_from_db()


def sent_by(actor: Actor) -> list[MandatoryReport]:
    """The reports that came from this body's accounts, latest first."""
    rows = MandatoryReport.objects.visible_to(SYSTEM).filter(sender=mark("sender", actor.agency_id))
    return list(rows.order_by("-created_at")[:50])
