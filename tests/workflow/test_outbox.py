"""What has to be told is told once."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.attacks.record import Tried
from tests.people import a_caseworker, a_policeman, federation
from tests.workflow.make import an_errand
from workflow.models import Notice, OutboxMessage
from workflow.outbox import send
from workflow.relay import relay


def unsent(count: int) -> None:
    """Rows as they stand in the outbox, without waking a worker."""
    ids = {"agency_id": uuid4(), "obj_id": uuid4(), "subject_id": uuid4()}
    rows = [OutboxMessage(topic="notice", kind=f"k{n}", flow="errand", **ids) for n in range(count)]
    OutboxMessage.objects.bulk_create(rows)


@pytest.mark.django_db
def test_each_message_becomes_one_notice() -> None:
    unsent(3)
    assert (relay(timezone.now()), relay(timezone.now()), Notice.objects.count()) == (3, 0, 3)


@pytest.mark.attack("T30")
@pytest.mark.django_db
def test_a_message_delivered_five_times_stands_once(tried: Tried) -> None:
    unsent(1)
    for _ in range(5):
        OutboxMessage.objects.update(sent_at=None)
        relay(timezone.now())
    tried(request="relay x 5", actor="broker", expected=1, got=Notice.objects.count())


@pytest.mark.attack("T31")
@pytest.mark.django_db
def test_messages_told_out_of_order_stand_in_the_order_of_their_causes(tried: Tried) -> None:
    unsent(3)
    for kind in ("k2", "k0", "k1"):
        OutboxMessage.objects.update(sent_at=timezone.now())
        OutboxMessage.objects.filter(kind=kind).update(sent_at=None)
        relay(timezone.now())
    causes = list(OutboxMessage.objects.order_by("-created_at").values_list("kind", flat=True))
    got = list(Notice.objects.values_list("kind", flat=True))
    tried(request="relay: third, first, second", actor="broker", expected=causes, got=got)


@pytest.mark.django_db
def test_a_notice_is_seen_by_the_agency_it_is_for() -> None:
    errand = an_errand()
    send(agency_id=federation().pk, kind="errand_done", obj=errand)
    relay(timezone.now())
    seen = [Notice.objects.visible_to(actor).count() for actor in (a_caseworker(), a_policeman())]
    assert seen == [1, 0]


@pytest.mark.django_db
def test_the_first_look_counts() -> None:
    unsent(1)
    relay(timezone.now())
    notice, first = Notice.objects.get(), timezone.now()
    notice.see(first)
    notice.see(timezone.now())
    notice.refresh_from_db()
    assert notice.seen_at == first


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work() -> None:
    unsent(450)

    def work(_: int) -> int:
        try:
            return relay(timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = sum(pool.map(work, range(4)))
    assert (told, Notice.objects.count()) == (450, 450)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_of_a_cause_that_was_undone() -> None:
    errand = an_errand()
    with pytest.raises(RuntimeError), transaction.atomic():
        send(agency_id=federation().pk, kind="errand_done", obj=errand)
        raise RuntimeError
    assert OutboxMessage.objects.count() == 0
