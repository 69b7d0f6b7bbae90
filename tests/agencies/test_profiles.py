"""What the two policy profiles say of passwords, and what a deployment without a second step is told."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.utils import timezone

from agencies import session as sessions
from agencies.models import User
from agencies.validators import KindsOrLengthValidator
from config.checks import nothing_weak
from tests import people


@pytest.mark.parametrize(
    ("profile", "password", "good"),
    [("djcp3", "onlysmallletters", True), ("djcp3", "onlysmall", False), ("djcp3", "Small-007", True),
     ("asvs", "onlysmallletter", True), ("asvs", "Small-007", False), ("asvs", "we-at-fulian-2026", False)],
)  # fmt: skip
def test_signs_count_in_one_profile_and_length_in_the_other(profile: str, password: str, good: bool) -> None:
    found = True
    with override_settings(SECURITY_PROFILE=profile):
        try:
            KindsOrLengthValidator().validate(password)
        except ValidationError:
            found = False
    assert found is good


@pytest.mark.django_db
@pytest.mark.parametrize(("profile", "led_to"), [("djcp3", "/password"), ("asvs", "")])
def test_an_old_password_is_replaced_first_in_djcp3_only(profile: str, led_to: str) -> None:
    browser = people.signed_in(Client(), people.a_caseworker())
    session = browser.session
    session[sessions.FACTOR] = 1
    session.save()
    User.objects.update(password_changed_at=timezone.now() - timedelta(days=91))
    with override_settings(SECURITY_PROFILE=profile):
        assert browser.get("/cases/").headers.get("Location", "") == led_to


@pytest.mark.parametrize(("profile", "warned"), [("djcp3", False), ("asvs", False), ("open", True)])
def test_a_deployment_without_a_second_step_is_warned_of(profile: str, warned: bool) -> None:
    with override_settings(SECURITY_PROFILE=profile):
        assert ("huhang.W001" in [found.id for found in nothing_weak(None)]) is warned
