"""Asking for an export, making it as the one who asked, fetching it once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import pgettext

from agencies.actor import SYSTEM, Actor
from agencies.models import Posting
from agencies.selectors import actor_of
from casework.canaries import plant
from casework.exports.sheets import Row, new_passphrase, packed, sheet
from casework.exports.sources import BATCH, Source, source_of
from casework.exports.workflow import E, People, little
from casework.models import Export
from privacy.audit import Action, Purpose, record_read
from privacy.filereader import SealedReader
from privacy.files import delete_file, seal_pieces
from privacy.reading import reveal
from workflow.engine import begin, perform, reach
from workflow.errors import NotNow, NotVisible
from workflow.outbox import send

LOST_AFTER = timedelta(minutes=10)


class AccountClosed(Exception):
    """Whoever asked may not have it any more."""


@transaction.atomic
def ask_for_export(*, actor: Actor, now: datetime | None = None, **asked: Any) -> Export:
    """Begun at once where it is little; otherwise the duty leaders are told. The caller queues the making after commit."""
    assert actor.posting_id and actor.agency_id
    draft = Export(
        agency_id=actor.agency_id, source=asked["source"], people=asked["people"], year=asked.get("year")
    )
    source = source_of(draft, actor)
    if source is None:
        raise NotVisible
    if not source.has_people:
        asked["people"] = People.NONE
    export = begin(
        Export, actor=actor, now=now, agency_id=actor.agency_id, posting_id=actor.posting_id, asked_by_id=actor.user_id,
        rows=source.count(draft, actor), **asked,
    )  # fmt: skip
    if little.test(export):
        perform(export, "waive", actor=SYSTEM, now=now)
    else:
        send(agency_id=export.agency_id, kind="export_asked", obj=export)
    return export


def asking_now(export: Export) -> Actor:
    """The actor who asked, by the posting that is in force this moment. AccountClosed where there is none."""
    rows = Posting.objects.in_force(timezone.now()).select_related("user", "agency")
    posting = rows.filter(pk=export.posting_id, user_id=export.asked_by_id).first()
    actor = actor_of(posting) if posting else None
    if actor is None or source_of(export, actor) is None:
        raise AccountClosed
    return actor


def make_export(pk: UUID) -> None:
    """Make it, as whoever asked and with what that person may see now. Done again after a crash it begins anew."""
    export = Export.objects.filter(pk=pk, state=E.MAKING).first()
    if export is None:
        return
    try:
        _make(export)
    except AccountClosed:
        perform(export, "stop", actor=SYSTEM)
    except NotNow:
        return  # it was stopped meanwhile
    except BaseException:
        perform(export, "fail", actor=SYSTEM)
        raise


def _make(export: Export) -> None:
    actor = asking_now(export)
    source = source_of(export, actor)
    assert source is not None
    with translation.override("zh-hans"):
        content = sheet(_watched(export, source, actor), form=export.form, mark=_mark(export, actor))
    passphrase = new_passphrase()
    pack = packed(content, f"export-{export.serial}.{export.form}", passphrase)
    asking_now(export)
    stored = seal_pieces([pack], export)
    try:
        with transaction.atomic():
            perform(export, "finish", actor=SYSTEM)
            export.file_id, export.size, export.passphrase = stored.id, stored.size, passphrase
            export.acting(SYSTEM).save()
    except BaseException:
        delete_file(stored.id)
        raise


def _watched(export: Export, source: Source, actor: Actor) -> Iterator[Row]:
    """The rows with the canary somewhere among them. The account is looked at anew for every page of them.

    More than twenty where few had been promised, and nobody approved: it ends here.
    """
    canary = _canary_row(export) if source.has_people else None
    place = SystemRandom().randrange(1, max(2, export.rows + 1))
    for n, row in enumerate(source.rows(export, actor)):
        if n % BATCH == 0:
            asking_now(export)
            Export.objects.filter(pk=export.pk).update(done=n)
        export.rows = max(export.rows, n)
        if not source.holds_figures and export.decided_by_id is None and not little.test(export):
            raise AccountClosed
        if canary and n == place:
            yield canary
            canary = None
        yield row
    if canary:
        yield canary


def _canary_row(export: Export) -> Row:
    canary = plant(export)
    day = timezone.localdate(export.created_at).isoformat()
    row = [canary.reference, canary.alias, day, *(["—"] * 5)]
    if export.people == People.NONE:
        return row
    opened = reveal(canary, "name", "phone", actor=SYSTEM, purpose=Purpose.SYSTEM)
    return [*row, opened["name"], opened["phone"], *([""] if export.people == People.NUMBERS else [])]


def _mark(export: Export, actor: Actor) -> str:
    at = timezone.localtime(export.created_at).strftime("%Y-%m-%d %H:%M")
    words = pgettext(
        "export",
        "Exported by %(name)s · %(agency)s · %(at)s · serial %(serial)s · confidential, not to be passed on",
    )
    return words % {"name": actor.label, "agency": export.agency, "at": at, "serial": export.serial}


@transaction.atomic
def take_file(export: Export, *, actor: Actor) -> bytes:
    """The packed file, once, to whoever asked for it; the register first. Afterwards it is gone."""
    export = reach(Export, export.pk, actor, lock=True)
    if export.asked_by_id != actor.user_id:
        raise NotVisible
    perform(export, "take", actor=actor)
    assert export.file_id
    record_read(
        actor=actor, action=Action.EXPORT, owner=export.pk, table=Export._meta.db_table, object_ids=[export.pk],
        fields=["file"], purpose=Purpose.CASEWORK,
    )  # fmt: skip
    with SealedReader(export.file_id, export) as file:
        content = file.read()
    gone = export.file_id
    export.file_id = None
    export.acting(actor).save()
    transaction.on_commit(lambda: delete_file(gone))
    return content


@transaction.atomic
def show_passphrase(export: Export, *, actor: Actor) -> str | None:
    """The passphrase, once, to whoever asked; None where it was shown or is not there yet."""
    export = reach(Export, export.pk, actor, lock=True)
    if export.asked_by_id != actor.user_id:
        raise NotVisible
    if export.state not in (E.READY, E.TAKEN) or export.passphrase is None:
        return None
    opened: str = reveal(export, "passphrase", actor=actor, action=Action.EXPORT)["passphrase"]
    export.passphrase = None
    export.acting(actor).save()
    return opened


def end_exports(now: datetime) -> None:
    """Each minute: what has run out, and what belongs to an account that was closed, goes; what nobody made yet is made."""
    for export in Export.objects.filter(state__in=(E.ASKED, E.READY), until__lte=now):
        perform(export, "expire", actor=SYSTEM)
    for export in Export.objects.filter(state__in=(E.ASKED, E.READY)):
        try:
            asking_now(export)
        except AccountClosed:
            perform(export, "stop", actor=SYSTEM)


def left_over(now: datetime) -> list[UUID]:
    """What has been waiting for a worker for ten minutes: the message or the worker is lost."""
    rows = Export.objects.filter(state=E.MAKING, done=0, created_at__lt=now - LOST_AFTER)
    return list(rows.values_list("pk", flat=True)[:5])
