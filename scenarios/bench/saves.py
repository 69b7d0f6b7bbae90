"""Saving a corrected phone number, with its history; then with an audit row and a clock besides."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from agencies.actor import Actor
from casework.models import Case, Person
from privacy.audit import Action, Purpose, record_read
from privacy.blind import phone_tags
from scenarios.bench.fill import Town
from scenarios.bench.plain import PlainPerson
from scenarios.bench.race import Row, race
from scenarios.demo.people import a_phone
from workflow.clocks import start_clock, stop_clocks
from workflow.engine import perform
from workflow.when import When

CLOCK = "xf_notice_15d"
SOME = 50


def rows(town: Town, rounds: int) -> Iterator[Row]:
    actor = town.cast.caseworker
    cases = list(Case.objects.visible_to(actor)[:SOME])
    sealed = [Person.objects.filter(case=case)[0] for case in cases]
    plain = [PlainPerson.objects.select_related("case").get(pk=person.pk) for person in sealed]

    def ours(i: int, more: Any = None) -> None:
        person = sealed[i % len(sealed)]
        with transaction.atomic():
            person.phone = a_phone(town.random)
            person.tags = [*person.tags[2:], *phone_tags(person.phone.clear())]
            person.acting(actor).save()
            if more:
                more(cases[i % len(cases)], actor)

    def theirs(i: int, more: Any = None, lock: bool = False) -> None:
        person = plain[i % len(plain)]
        with transaction.atomic():
            if lock:
                person = (
                    PlainPerson.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=person.pk)
                )
            person.phone, person.rev = a_phone(town.random), person.rev + 1
            person._history_user = actor.user_id
            person.save()
            if more:
                more(person.case, actor)

    with_all, plain_all = partial(ours, more=_audit_and_clock), partial(theirs, more=_audit_and_clock)
    yield race(
        "Save with history, audit and clocks", with_all, plain_all, rounds=rounds, target=1.4,
        note="Plain: simple-history, and the same audit row and the same clock, started and stopped.",
    )  # fmt: skip
    yield race("  history alone, against simple-history", ours, theirs, rounds=rounds)
    yield race(
        "  history, audit, clocks, against simple-history alone", with_all, theirs, rounds=rounds,
        note="What a life costs against a bare save: the plain side here has neither audit nor clock.",
    )  # fmt: skip

    def move(i: int) -> None:
        perform(cases[i % len(cases)], "inform_rights", actor=actor, how="当面告知")

    yield race(
        "  a whole move, against a locked plain save", move, partial(theirs, lock=True), rounds=rounds,
        note="Lock in scope, state, who, form, needs, save, history, sealed step record, clocks.",
    )  # fmt: skip


def _audit_and_clock(case: Case, actor: Actor) -> None:
    now = timezone.now()
    record_read(
        actor=actor, action=Action.READ, owner=case.pk, table=Person._meta.db_table, object_ids=[case.pk],
        fields=["phone"], purpose=Purpose.CASEWORK,
    )  # fmt: skip
    start_clock(case, CLOCK, When.instant(now), now=now)
    stop_clocks(case, [CLOCK], When.instant(now), now)
