"""What the steps of a criminal matter need: one refusal each."""

from typing import Any

import pytest

from tests.criminal_track.matters import a_track
from tests.people import a_caseworker
from workflow.engine import Unmet, perform

pytestmark = pytest.mark.django_db


def refused(track: Any, move: str, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refusal:
        perform(track, move, actor=a_caseworker(), **takes)
    return [need.name for need in refusal.value.needs]


def test_a_complex_appraisal_has_no_opinion_of_its_own() -> None:
    worker = a_caseworker()
    track = a_track(worker)
    perform(track, "commission", actor=worker, appraisal="complex")
    assert refused(track, "opine", grade="slight") == ["simple_appraisal"]


@pytest.mark.parametrize("custody", ["free", "bailed"])
def test_detention_means_that_he_is_held(custody: str) -> None:
    assert refused(a_track(a_caseworker()), "detain", custody=custody) == ["is_held"]


@pytest.mark.parametrize("custody", ["held", "arrested"])
def test_release_means_that_he_is_out(custody: str) -> None:
    assert refused(a_track(a_caseworker()), "release", custody=custody) == ["is_out"]
