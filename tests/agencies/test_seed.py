"""The first list of agencies and accounts."""

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command

from agencies.guards import STAFF
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency, Posting, User
from agencies.seed import seed_accounts, seed_agencies
from agencies.selectors import actor_of, superiors
from agencies.services import create_user
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA_DIR = tmp_path


def test_every_kind_of_agency_is_there() -> None:
    assert {agency.kind for agency in seed_agencies().values()} == set(AgencyKind.values)


def test_overdue_matters_of_the_district_go_up_twice() -> None:
    home = seed_agencies()["扎赉诺尔区妇女联合会"]
    assert [agency.name for agency in superiors(home)] == ["满洲里市妇女联合会", "呼伦贝尔市妇女联合会"]


def test_seeding_again_keeps_what_was_corrected() -> None:
    court = seed_agencies()["扎赉诺尔区人民法院"]
    court.short_name = "满洲里市法院"
    court.save()
    count = Agency.objects.count()
    again = seed_agencies()["扎赉诺尔区人民法院"]
    assert (again.short_name, Agency.objects.count()) == ("满洲里市法院", count)


def test_every_role_has_an_account_that_may_hold_it() -> None:
    seed_accounts()
    for posting in Posting.objects.all():
        posting.full_clean()
    assert set(Posting.objects.values_list("role", flat=True)) == set(STAFF)


def test_the_passwords_are_told_again_and_kept_for_the_owner_only(tmp_path: Path) -> None:
    first, again = seed_accounts(), seed_accounts()
    mode = stat.S_IMODE((tmp_path / "demo-accounts.json").stat().st_mode)
    assert (first == again, len({a.password for a in first}), oct(mode)) == (True, len(first), "0o600")


def test_the_passwords_are_right_and_good() -> None:
    accounts = seed_accounts()
    for account in accounts:
        validate_password(account.password)
    assert all(User.objects.get(username=a.username).check_password(a.password) for a in accounts)


def test_a_lost_list_of_passwords_is_replaced_by_one_that_works(tmp_path: Path) -> None:
    seed_accounts()
    (tmp_path / "demo-accounts.json").unlink()
    account = seed_accounts()[0]
    assert User.objects.get(username=account.username).check_password(account.password)


def test_the_command_prints_one_line_for_each_account() -> None:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    assert len(out.getvalue().splitlines()) == len(seed_accounts())


def test_a_seeded_person_can_be_found_by_tests_too() -> None:
    assert people.federation() == seed_agencies()["扎赉诺尔区妇女联合会"]


def test_the_first_administrator_is_made_once_and_makes_the_others() -> None:
    out = StringIO()
    call_command("first_administrator", "tao.ran", "陶然", stdout=out)
    posting = Posting.objects.get(role=Role.ADMINISTRATOR)
    made = (posting.user.username, posting.user.must_change_password, posting.agency.name)
    assert made == ("tao.ran", True, "扎赉诺尔区妇女联合会")
    assert posting.user.check_password(out.getvalue().strip())
    assert create_user(actor=actor_of(posting), username="other", display_name="x")[0].pk
    with pytest.raises(CommandError, match="page of people"):
        call_command("first_administrator", "second", "x")
    assert not User.objects.filter(username="second").exists()
