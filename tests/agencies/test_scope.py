"""Rows are reached only through their scope, in one query however many there are."""

import pytest
from django.db import models
from django.db.models import Q

from agencies.actor import SYSTEM, Actor
from agencies.kinds import Role
from agencies.models import Agency, User
from agencies.scope import EVERYTHING, NOTHING, ScopedQuerySet
from agencies.selectors import actor_for, superiors
from tests import people

pytestmark = pytest.mark.django_db


class OwnAgency(Agency):
    class Meta:
        proxy = True
        app_label = "agencies"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(pk=actor.agency_id)


class AnyAgency(Agency):
    class Meta:
        proxy = True
        app_label = "agencies"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return EVERYTHING if actor.role == Role.AUDITOR else NOTHING


def seen(model: type[models.Model], actor: Actor) -> set[str]:
    return set(ScopedQuerySet(model).visible_to(actor).values_list("name", flat=True))


def test_an_actor_sees_the_rows_in_scope() -> None:
    operator = people.an_operator()
    people.police()
    assert seen(OwnAgency, operator) == {"扎赉诺尔区妇女联合会"}


def test_a_model_without_a_scope_shows_nothing() -> None:
    assert seen(Agency, people.an_operator()) == set()


def test_the_system_sees_everything() -> None:
    people.an_operator()
    assert len(seen(Agency, SYSTEM)) == Agency.objects.count()


def test_nothing_and_everything_are_what_they_say() -> None:
    auditor, operator = people.an_auditor(), people.an_operator()
    assert (len(seen(AnyAgency, auditor)), seen(AnyAgency, operator)) == (Agency.objects.count(), set())


def test_the_scope_costs_one_query_for_one_row_and_for_many(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    auditor = people.an_auditor()
    for n in (1, 30):
        for i in range(n):
            people.police(f"派出所{n}-{i}")
        with django_assert_num_queries(1):
            seen(AnyAgency, auditor)


def test_overdue_matters_go_up_step_by_step() -> None:
    high, low = people.superior_federation(), people.federation()
    assert superiors(low) == [high]


def test_an_actor_is_a_person_in_one_posting() -> None:
    operator = people.an_operator()
    user = User.objects.get(pk=operator.user_id)
    people.a_posting(Role.LEAD, people.superior_federation(), people.a_user())
    assert actor_for(user) == operator


def test_somebody_with_two_postings_has_to_choose() -> None:
    operator = people.an_operator()
    user = User.objects.get(pk=operator.user_id)
    people.a_posting(Role.LEAD, people.superior_federation(), user)
    with pytest.raises(LookupError):
        actor_for(user)
