"""Every address says whom it lets in and which process serves it; one that was forgotten fails here."""

from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from agencies.kinds import Role
from config.middleware import hears
from config.process_urls import served
from config.processes import DESK, LIAISON, SERVED, STATISTICS, WORKER, compartments, connection_options
from config.urls import ADDRESSES
from tests.people import a_caseworker, a_policeman, a_supervisor

# Django's own view and those of the load balancer; none knows of anybody.
NOT_OURS = {"set_language", "healthz", "readyz"}


def views(addresses: Any, prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in addresses:
        if isinstance(one, URLResolver):
            found |= views(one.url_patterns, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            found[prefix + str(one.pattern)] = one.callback
    return found


def test_every_view_declares_whom_it_lets_in() -> None:
    silent = {
        view.__name__ for view in views(get_resolver().url_patterns).values() if not hasattr(view, "roles")
    }
    assert silent == NOT_OURS


def test_no_view_lets_everybody_in_by_naming_a_role_that_does_not_exist() -> None:
    named = {role for view in views(ADDRESSES).values() for role in getattr(view, "roles", ())}
    assert named <= set(Role) - {Role.SYSTEM}


@pytest.mark.parametrize(
    ("process", "there", "gone"),
    [
        (
            LIAISON,
            ("cases/inbox/", "moves/", "sign-in"),
            ("desk/", "figures/", "report/", "people", "reads", "registers/"),
        ),
        (STATISTICS, ("figures/", "plan/", "sign-in"), ("cases/", "moves/", "desk/", "people", "orders/")),
        (DESK, ("desk/", "cases/", "people", "reads", "figures/"), ()),
    ],
)
def test_a_process_has_only_its_own_addresses(
    process: str, there: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    known = views(served(ADDRESSES, process))
    assert [head for head in there if not any(one.startswith(head) for one in known)] == []
    assert [one for one in known if one.startswith(gone)] == [] if gone else True


def test_every_first_part_of_an_address_is_the_products() -> None:
    heads = {one.split("/", 1)[0] for one in views(ADDRESSES)}
    assert set(SERVED) - heads <= {"", "static"}


@pytest.mark.django_db
def test_a_process_hears_only_its_own_people() -> None:
    everybody = (a_caseworker(), a_policeman(), a_supervisor())
    heard = {
        process: [hears(process, actor) for actor in everybody] for process in (DESK, LIAISON, STATISTICS, "")
    }
    assert heard == {
        DESK: [True, False, True], LIAISON: [False, True, False], STATISTICS: [False, False, True], "": [True] * 3,
    }  # fmt: skip


@pytest.mark.attack("T85")
def test_a_liaisons_process_holds_no_reporters_key_and_statistics_none_of_a_case(tried: Any) -> None:
    both = ("victim", "reporter", "staff")
    for process, expected in (
        (LIAISON, ("victim", "staff")),
        (STATISTICS, ("staff",)),
        (DESK, both),
        (WORKER, both),
    ):
        tried(
            request="SEALED_COMPARTMENTS",
            actor=f"process {process}",
            expected=expected,
            got=compartments(process),
        )
    assert connection_options(LIAISON, "huhang_liaison") == {"options": "-c role=huhang_liaison"}
    assert "huhang.basis=system" in connection_options(WORKER, "huhang_desk")["options"]
