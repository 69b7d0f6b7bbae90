"""The last place is given once, however many hands reach for it at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from casework.measures.shelter_stay.models import ShelterStay
from tests.shelter_stay.stays import a_place, a_warden, requested
from workflow.engine import BadTakes, Unmet, perform

HANDS = 8


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_once() -> None:
    warden = a_warden()
    place = a_place(warden)
    stays = [requested() for _hand in range(HANDS)]
    together, said = Barrier(HANDS), list[str]()

    def reach_for_it(stay: ShelterStay) -> None:
        together.wait(timeout=30)
        try:
            perform(stay, "admit", actor=warden, place=place.pk)
            said.append("in")
        except (Unmet, BadTakes):
            said.append("taken")
        except Exception as error:
            said.append(type(error).__name__)
        finally:
            connection.close()

    hands = [Thread(target=reach_for_it, args=(stay,)) for stay in stays]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=60)
    given = ShelterStay.objects.filter(place=place, state="in").count()
    assert (sorted(said), given) == (["in"] + ["taken"] * (HANDS - 1), 1)
