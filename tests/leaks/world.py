"""A house full of people: one row of every kind that holds personal data, a mark in every such field."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone

from agencies.actor import Actor
from agencies.code_apps import new_app
from agencies.models import User
from casework import services
from casework.canaries import plant
from casework.models import Case, Evidence, Export
from casework.services.archive import ask_for_archive
from hotline.models import CallBack
from hotline.services import answer_call, save_draft
from privacy.fields import SealedField, SealedJSON
from privacy.history import SealedHistory
from privacy.places import Place
from referrals.models import Disclosure, Referral
from referrals.services import attach_evidence
from tests.casework.cases import a_child, answers
from tests.casework.test_archive import a_closed_case
from tests.casework.test_evidence import a_photo
from tests.criminal_track.matters import a_track
from tests.guardianship.matters import prepared as a_guardianship
from tests.house.makers import MAKERS
from tests.indicators.test_releases import released
from tests.joint_meeting.test_life import signed as signed_meeting
from tests.leaks import canaries
from tests.leaks.readings import Cell, Readings, tags_of_everybody
from tests.mandatory_report.reports import report_in
from tests.no_contact_order.orders import in_force
from tests.papers import printed
from tests.people import a_committee_worker
from tests.perpetrator_intervention.files import a_justice_worker, running, session
from tests.protection_orders.orders import a_full_case, order_in
from tests.recovery_plan.test_life import DAY, TODAY, noon
from tests.recovery_plan.test_life import running as running_plan
from tests.referrals.handed import sent
from tests.registers.entries import an_expert
from tests.screening_round.test_life import found as a_finding
from tests.screening_round.test_life import running as a_round
from tests.shelter_stay.stays import a_place, a_warden, inside
from tests.warning_letter.letters import letter_in, with_plan
from workflow.engine import perform
from workflow.models import StepRecord
from workflow.registry import lives

Field = tuple[type[Any], SealedField]
ONCE = (StepRecord, Disclosure)
REPORTER = 90  # whoever reported, as the commands wrote it; below, what people type here and there


def fields() -> list[Field]:
    """Every sealed field of the product: whoever adds one finds it here."""
    ours = [one for one in apps.get_models() if not one.__module__.startswith("tests.")]
    live = [one for one in ours if not issubclass(one, SealedHistory)]
    columns = [(model, column) for model in live for column in model._meta.concrete_fields]
    return [(model, column) for model, column in columns if isinstance(column, SealedField)]


def people_move_in(worker: Actor) -> Case:
    """By the product's own commands, with the helpers of the rooms."""
    case = with_plan(a_full_case(worker), worker)
    services.assign_case(case, actor=worker, user_id=worker.user_id)
    of_the_case(case, worker)
    handed_to_others(case, worker)
    around_the_case(case, worker)
    calls(case, worker)
    printed("intake", case, worker)
    ask_for_archive(a_closed_case(worker), actor=worker)
    new_app(User.objects.get(pk=worker.user_id), "手机")
    for key, make in MAKERS.items():
        if not lives()[key].objects.exists():
            make(lives()[key].flow.start)
    plant(Export.objects.all()[0])
    return case


def of_the_case(case: Case, worker: Actor) -> None:
    mark = canaries.text(0)
    services.ask_to_read(a_child(case, worker), actor=worker, why="contact", reason=mark)
    services.record_happening(case, actor=worker, kind="police_reported", details=mark)
    services.add_note(case, actor=worker, text=mark)
    services.finish_task(services.open_task(case, actor=worker, kind="call_back"), actor=worker, outcome=mark)
    services.open_task(case, actor=worker, kind="call_back", text=mark)
    services.set_safe_contact(case, actor=worker, phone=canaries.phone(0), code_word=mark)
    services.record_reporter(case, actor=worker, name=canaries.text(REPORTER))
    services.assess_danger(case, actor=worker, answers=answers("F1"))
    photo = SimpleUploadedFile(f"{mark}.jpg", a_photo() + mark.encode())
    services.register_evidence(case, actor=worker, kind="E5", title=mark, file=photo)


def handed_to_others(case: Case, worker: Actor) -> None:
    """What police, court, shelter, justice, committee and a clinic have on their screens."""
    mark, warden, holder = canaries.text(0), a_warden(), a_justice_worker()
    order = order_in("served", worker, case=case)
    perform(order, "report_breach", actor=worker, breach="threat", found_by="victim", account=mark)
    perform(order, "apply_extend", actor=worker, party="applicant", wanted=mark)
    letter_in("issued", worker, case=case)
    in_force(worker)
    a_track(worker, case)
    a_guardianship(worker)
    report_in("reported", worker)
    perform(inside(warden, place=a_place(warden)), "write_down", actor=warden, entry="visitor", note=mark)
    a_finding(a_round(worker), a_committee_worker())
    file = running(worker, holder)
    session(file, holder, account=mark)
    perform(file, "record_breach", actor=holder, breach="contact", account=mark)
    referral = sent(worker, case, basis="duty", why_without=mark, shares=["name"])
    evidence = Evidence.objects.get(case=case)
    attach_evidence(referral, actor=worker, evidence_id=evidence.pk, now=timezone.now())


def around_the_case(case: Case, worker: Actor) -> None:
    """Recovery, a meeting of bodies, the registers, a hint not followed."""
    plan = running_plan(worker, case=case)
    on: dict[str, Any] = {"actor": worker, "now": noon(TODAY + DAY)}
    perform(plan, "record_session", held="counselling", holder="hospital", attendance="came", **on)
    perform(plan, "ask_for_aid", aid="temporary", body="civil_affairs", **on)
    signed_meeting(worker)
    an_expert(worker)
    released()
    services.set_hint_aside(case, actor=worker, code="letter", law="W05", reason=canaries.text(0))


def handed_to_a_clinic(case: Case, worker: Actor) -> Referral:
    return sent(worker, case, service="medical", shares=["name", "condition"])


def calls(case: Case, worker: Actor) -> None:
    mark, now = canaries.text(0), timezone.now()
    call = answer_call(actor=worker, now=now)
    save_draft(call=call, content={"account": mark, "number": canaries.phone(9)}, actor=worker, now=now)
    back = CallBack(case=case, slot=now, note=mark, booked_by_id=worker.user_id)
    back.acting(worker).save()


def mark_everything(worker: Actor) -> Readings:
    """Every sealed column of every row, but for what is written once and never again: there the commands did it.

    Returns which mark stands where.
    """
    number, cells = 100, defaultdict[str, set[Cell]](set)
    reporters = {canaries.text(REPORTER)}
    for model in dict.fromkeys(model for model, _field in fields()):
        for row in model._default_manager.all() if model not in ONCE else ():
            for column in row.sealed_fields():
                number += 1
                setattr(row, column.name, mark_for(column, row, number))
                for mark in (canaries.text(number), canaries.phone(number % 6), canaries.ID):
                    if mark in str(mark_for(column, row, number)):
                        cells[mark].add((row.pk, column.name))
                        reporters |= (
                            {mark} if model.compartment == "reporter" and mark != canaries.ID else set()
                        )
            row.acting(worker).save()
    return Readings(dict(cells), reporters, tags_of_everybody())


def mark_for(column: SealedField, row: Any, number: int) -> Any:
    text = canaries.text(number)
    if isinstance(column, SealedJSON):
        held = getattr(row, column.name)
        known = column.opened(Place(row), held) if held is not None else {}
        return [*known, text] if isinstance(known, list) else known | {"why": text}
    if column.name in {"phone", "number"}:
        return canaries.phone(number % 6)  # those above are typed
    return canaries.ID if column.name == "id_number" else text


def unmarked() -> list[str]:
    """The sealed columns of which no row holds a mark."""
    return sorted(
        f"{model._meta.label}.{column.name}" for model, column in fields() if not _holds(model, column)
    )


def _holds(model: type[models.Model], column: SealedField) -> bool:
    rows = [row for row in model._default_manager.all() if getattr(row, column.name) is not None]
    opened = [repr(column.opened(Place(row), getattr(row, column.name))) for row in rows]
    return any(mark in text for mark in (canaries.MARK, canaries.NUMBER, canaries.ID) for text in opened)
