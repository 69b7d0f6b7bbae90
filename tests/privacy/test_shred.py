"""A shredded case opens nowhere any more, in this process or another."""

import time

import pytest
import redis

from privacy.errors import SealError
from privacy.keyrows import DataKey
from privacy.keys import ring
from privacy.reading import reveal
from privacy.shred import CHANNEL, listen, shred
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Person, Reporter


@pytest.mark.django_db(transaction=True)
def test_shredding_takes_every_key_of_the_owner_and_other_processes_drop_theirs(broker: redis.Redis) -> None:
    listen()
    person, other = a_person(), a_person()
    Reporter(folder_id=person.folder_id, name="报案人").save()
    held = ring.sealing_key(person.folder_id)
    while not broker.pubsub_numsub(CHANNEL)[0][1]:
        time.sleep(0.01)
    assert (shred(person.folder_id), DataKey.objects.filter(owner=person.folder_id).count()) == (2, 0)
    for row in (Person.objects.get(pk=person.pk), Reporter.objects.get()):
        with pytest.raises(SealError):
            reveal(row, "name", actor=READER)
    assert reveal(other, "name", actor=READER) == {"name": "王小明"}
    ring._by_kid.put({held.kid: held})  # as another process still holds it
    broker.publish(CHANNEL, person.folder_id.hex)
    until = time.monotonic() + 10
    while ring._by_kid.get(held.kid) and time.monotonic() < until:
        time.sleep(0.01)
    assert ring._by_kid.get(held.kid) is None
