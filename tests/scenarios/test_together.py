"""Conferences, talks, meetings, bulletins and stories: in a published case and in the demonstration."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from agencies.models import Area
from casework.measures.bulletin.models import Bulletin
from casework.measures.case_conference.models import CaseConference
from casework.measures.joint_meeting.models import JointMeeting
from casework.measures.joint_talk.models import JointTalk
from casework.measures.key_watch.models import KeyWatch
from casework.measures.published_case.models import PublishedCase
from casework.measures.screening_round.models import ScreeningRound
from casework.measures.supervision.models import Supervision
from scenarios.cast import call_together
from scenarios.demo.stories import Teller, tell
from scenarios.demo.together import tell_together
from scenarios.demo.watching import tell_watching
from scenarios.facts import OWN
from scenarios.replay import replay

pytestmark = pytest.mark.django_db


def test_a_review_by_several_bodies_is_a_conference_and_one_by_the_court_is_not() -> None:
    cast = call_together()
    for name in ("C10", "C08"):
        replay(OWN / f"{name}.yaml", cast)
    assert [(one.state, len(one.attended)) for one in CaseConference.objects.all()] == [("closed", 4)]


def test_the_demonstration_tells_of_all_of_them() -> None:
    cast = call_together()
    areas = list(Area.objects.filter(parent__code="150703").order_by("code"))
    teller = Teller(cast, Random(7), timezone.now() - timedelta(minutes=1), areas)
    for number in (0, 6, 12):
        tell(teller, number)
    tell_together(teller)
    tell_watching(teller)
    states = [
        sorted(kind.objects.values_list("state", flat=True))
        for kind in (
            CaseConference,
            JointTalk,
            JointMeeting,
            Bulletin,
            PublishedCase,
            ScreeningRound,
            KeyWatch,
            Supervision,
        )
    ]
    assert states == [
        ["called", "signed"],
        ["held"],
        ["called", "signed"],
        ["drafted", "sent"],
        ["drafted"],
        ["finished", "running"],
        ["proposed", "watched"],
        ["opinion", "requested"],
    ]
