"""The shelter of the demonstration: two sites nobody can find, and stays on different days. Addresses are invented."""

from typing import Any

from casework.measures.shelter_stay.models import Place, ShelterSite, ShelterStay
from casework.measures.shelter_stay.services import add_place, add_site
from casework.models import Case
from scenarios.demo.stories import DAY, HOUR, Teller
from workflow.engine import begin, perform

SITES = (("木兰", "虚构路1号院2栋"), ("白桦", "虚构路9号院"))
PLACES = (
    ("101", "woman", 1),
    ("102", "woman", 1),
    ("201", "family", 4),
    ("202", "minor", 2),
    ("103", "accessible", 2),
)
# days since she came (None: still asked for), who, children
STAYS = (
    (None, "adult", 0),
    (2, "adult", 0),
    (9, "family", 2),
    (14, "adult", 0),
    (20, "adult", 0),
    (None, "family", 1),
)


def open_sites(teller: Teller) -> None:
    if ShelterSite.objects.visible_to(teller.cast.shelter).exists():
        return
    for code, address in SITES:
        site = add_site(actor=teller.cast.shelter, code=code, address=address, apart=True, norm_days=10)
        for number, kind, capacity in PLACES:
            add_place(site, actor=teller.cast.shelter, number=number, kind=kind, capacity=capacity)


def tell_stays(teller: Teller, cases: list[Case]) -> None:
    """One stay per case, from the first on: asked for, in, over the ten days, filed longer, left."""
    open_sites(teller)
    for case, (days, subject, children) in zip(cases, STAYS, strict=False):
        _tell(teller, case, days, subject, children)


def _tell(teller: Teller, case: Case, days: int | None, subject: str, children: int) -> None:
    worker, shelter = teller.cast.caseworker, teller.cast.shelter
    came = teller.now - (days * DAY if days is not None else HOUR)
    stay = begin(ShelterStay, actor=worker, case=case, subject=subject, urgent=True, now=came - HOUR)
    takes: dict[str, Any] = {"agency": shelter.agency_id, "source": "federation", "children_count": children}
    perform(stay, "request", actor=worker, request="可打暗号电话接她。", **takes, **teller.at(came - HOUR))
    if days is None:
        return
    kinds = {"adult": "woman", "family": "family"}
    free = Place.objects.filter(kind=kinds[subject], in_use=True).exclude(
        stays__state__in=("in", "longer", "care")
    )
    perform(
        stay, "admit", actor=shelter, place=free.order_by("site__code", "number")[0].pk, **teller.at(came)
    )
    if days > 10:
        filed = came + 9 * DAY
        until = (teller.now + 5 * DAY).date()
        perform(
            stay, "file_longer", actor=shelter, leave_by=until, reason="案件尚未开庭。", **teller.at(filed)
        )
    if days > 15:
        perform(
            stay, "leave", actor=shelter, exit_mode="federation", written=True, reason="已租到新住处。",
            **teller.at(teller.now - DAY),
        )  # fmt: skip
