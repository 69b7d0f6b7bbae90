"""Five invented years of the plan's values, marked as such in every row, through one whole round; and a second round under way.

No number is a number of the district. Units stand where the plan's data file suggests one; who really answers is decided there.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency, Area, Posting, User
from agencies.seed import DISTRICT
from agencies.selectors import actor_of
from monitor.dictionary import Indicator, dictionary
from monitor.entry import Row, save, slot_for
from monitor.models import EarlyWarning, Reporter, Responsibility, Round, Seat, Submission
from monitor.organisation import decide, seat
from monitor.stored import INVENTED
from scenarios.demo.plan_office import tell_office
from scenarios.demo.stories import Teller
from workflow.engine import begin, perform

YEARS = range(2021, 2026)
# The first word of a suggestion -> the body that reports it in the demonstration.
BODIES = {
    "卫健委": "扎赉诺尔区卫生健康委员会", "人社局": "扎赉诺尔区人力资源和社会保障局", "民政局": "扎赉诺尔区民政局",
    "统计局": "扎赉诺尔区统计局", "司法局": "扎赉诺尔区司法局（法律援助中心）", "总工会": "扎赉诺尔区总工会",
    "公安局": "扎赉诺尔区公安分局", "法院": "扎赉诺尔区人民法院", "妇联": "扎赉诺尔区妇女联合会",
}  # fmt: skip
MORE = (
    "教育局", "文旅体育局", "区委组织部", "区人大办", "区政协办", "医保局", "财政局", "生态环境分局", "住建局", "科协", "科技局",
)  # fmt: skip
# code -> per cent in 2021 and its yearly change; what is not named here is drawn.
COURSE = {
    "D1.02b": (93.1, 0.3), "D1.04a": (74.0, 3.4), "D1.04b": (66.0, -1.6), "D1.04d": (92.0, 0.4), "D1.06a": (98.4, 0.2),
    "D1.06b": (98.3, 0.2), "D1.06c": (98.5, 0.2), "D2.04a": (95.3, 0.3), "D2.05a": (93.2, 0.7), "D3.02a": (43.8, 0.1),
    "D3.04a": (40.9, 0.2), "D3.05a": (50.8, 0.5), "D4.02a": (31.0, 0.6), "D4.02b": (32.5, 0.5), "D4.04a": (36.0, 1.0),
    "D4.06d": (41.0, 1.2), "D5.03a": (96.1, 0.1), "D5.04a": (90.2, 0.9), "D1.03a": (44.0, -1.1), "D2.09a": (0.4, -0.06),
    "D2.04b": (1.6, -0.2), "D2.07a": (4.1, -0.3), "D3.06a": (23.0, -0.9), "D6.07a": (74.0, -2.2),
}  # fmt: skip
FEW = {"D1.06d": 3, "D1.06e": 4, "D1.06f": 3, "D1.06g": 4, "D1.06h": 14}
DEATHS = (0, 1, 0, 0, 0)
HOSPITALS = ("区人民医院", "区妇幼保健院")


def tell_plan(teller: Teller) -> None:
    """Nothing where somebody has begun a plan of their own."""
    if Reporter.objects.exists():
        return
    rng, bureau, office = Random(7), _at("扎赉诺尔区统计局"), _at("扎赉诺尔区妇女儿童工作委员会办公室")  # noqa: S311
    _share_out()
    seat(DISTRICT, Seat.Group.LEADING, actor=office, user_id=_user("zhengfu"))
    for code, kind, number in (
        ("D2.04b", "tolerance", 1),
        ("D1.03a", "bound", 45),
        ("D2.09a", "bound", 1),
        ("D4.08d", "tolerance", 3),
    ):
        decide(DISTRICT, code, kind, Decimal(number), INVENTED, actor=office)
    first = _called("annual", bureau)
    for one in Submission.objects.filter(round=first).select_related("agency", "round"):
        unit = _at(one.agency.name)
        rows = list(_rows(one, rng))
        save(one, rows, actor=unit)
        perform(one, "hand_in", actor=unit)
        perform(one, "accept", actor=bureau)
    perform(first, "close", actor=bureau)
    perform(first, "hand_up", actor=bureau)
    perform(first, "approve", actor=_at("扎赉诺尔区人民政府办公室"))
    perform(first, "publish", actor=bureau)
    second = _called("mid_term", bureau)
    for one in (
        Submission.objects.filter(round=second).select_related("agency", "round").order_by("agency__name")[:6]
    ):
        perform(one, "hand_in", actor=_at(one.agency.name))
    _answer_one()
    chair, health = _at("扎赉诺尔区人民政府办公室"), _at("扎赉诺尔区卫生健康委员会")
    tell_office(bureau, office, chair, health)


def _called(kind: str, bureau: Actor) -> Round:
    due = timezone.localdate() + timedelta(days=45)
    made = begin(
        Round,
        actor=bureau,
        area_id=DISTRICT,
        planner_id=bureau.user_id,
        kind=kind,
        year=YEARS[-1],
        due_on=due,
    )
    perform(made, "call", actor=bureau)
    return made


def _answer_one() -> None:
    warning = EarlyWarning.objects.filter(indicator="D1.04b", kind=EarlyWarning.Kind.HARD).first()
    if warning is not None:
        unit = _at(warning.agency.name)
        perform(warning, "acknowledge", actor=unit)
        due = timezone.localdate() + timedelta(days=120)
        perform(
            warning,
            "respond",
            actor=unit,
            due_on=due,
            response="增加两轮适龄妇女免费筛查，镇街逐户通知（演示）。",
        )


def _share_out() -> None:
    """One reporter for each indicator, and it leads the target of its first one."""
    area = Area.objects.get(code=DISTRICT)
    bodies = {word: Agency.objects.get(name=name) for word, name in BODIES.items()}
    for word in MORE:
        name = f"扎赉诺尔区{word.removeprefix('区')}"
        kind = {"kind": AgencyKind.PARTNER, "short_name": f"区{word.removeprefix('区')}", "area": area}
        bodies[word] = Agency.objects.get_or_create(name=name, defaults=kind)[0]
    for one in dictionary().indicators.values():
        if one.casework:
            continue
        body = bodies[one.suggested.split("/")[0].split("(")[0]]
        Reporter.objects.create(area=area, indicator=one.code, agency=body)
        if not Responsibility.objects.filter(area=area, target=one.target).exists():
            Responsibility.objects.create(area=area, target=one.target, agency=body, part="lead")


def _user(username: str) -> UUID:
    return User.objects.get(username=username).pk


def _at(name: str) -> Actor:
    """Whoever reports there; a liaison without a known password where nobody does yet."""
    agency = Agency.objects.get(name=name)
    roles = [Role.LIAISON, Role.SUPERVISOR, Role.LEAD]
    found = Posting.objects.filter(agency=agency, role__in=roles, ends=None).exclude(
        agency__kind=AgencyKind.FEDERATION, role=Role.SUPERVISOR
    )
    posting = found.select_related("user", "agency").first()
    if posting is None:
        user = User(username=f"lianluo{agency.pk.hex[:8]}", display_name=f"联络员（{agency.short_name}）")
        user.set_unusable_password()
        user.save()
        posting = Posting.objects.create(user=user, agency=agency, role=Role.LIAISON)
    return actor_of(posting)


def _rows(one: Submission, rng: Random) -> Iterator[Row]:
    codes = Reporter.objects.filter(area=DISTRICT, agency=one.agency_id).values_list("indicator", flat=True)
    for code in codes:
        indicator = dictionary().indicators[code]
        if indicator.rule.every:
            yield from _part_rows(indicator, one, rng)
        else:
            yield from _year_rows(indicator, rng)


def _part_rows(one: Indicator, submission: Submission, rng: Random) -> Iterator[Row]:
    towns = [slot.part for slot in submission.slots() if slot.indicator is one]
    for part in towns if one.rule.every == "town" else HOSPITALS:
        given: dict[str, Any] = {"x": rng.randint(1, 3)} if one.measure == "count" else {"x": 10, "n": 3}
        yield _row(one, "all", YEARS[-1], part, **given)


def _year_rows(one: Indicator, rng: Random) -> Iterator[Row]:
    start, drift = COURSE.get(one.code, (rng.uniform(25, 70), _way(one) * rng.uniform(0.3, 1.2)))
    n = FEW.get(one.code) or rng.randint(1500, 5000)
    for at, year in enumerate(YEARS):
        level = max(0.05, start + drift * at + rng.gauss(0, 0.15))
        if one.code == "D1.02a":
            yield _row(one, "all", year, "", x=DEATHS[at], n=432 - 11 * at)
        elif one.measure in ("share", "ratio"):
            yield from _counted(one, year, level / (100 if one.unit != "per_100k" else 1e5), n + 7 * at)
        elif one.measure == "count":
            whole = max(2, round(level * 6)) if not one.public else max(1, round(level / 12))
            halves = {"all": whole, "f": round(whole * 0.6), "m": whole - round(whole * 0.6)}
            yield from (_row(one, sex, year, "", x=halves[sex]) for sex in one.sexes)
        else:
            factors = {"all": 1.0, "f": 1.02, "m": 0.98}
            yield from (_row(one, sex, year, "", number=f"{level * factors[sex]:.1f}") for sex in one.sexes)


def _counted(one: Indicator, year: int, share: float, n: int) -> Iterator[Row]:
    """Women and men make up the whole."""
    parts = {"f": n // 2, "m": n - n // 2}
    seen = {sex: min(size, round(share * size)) for sex, size in parts.items()}
    if one.code in FEW:
        parts, seen = {"f": n, "m": 0}, {"f": n if one.wants == "up" else 0, "m": 0}
    counts = {"f": (seen["f"], parts["f"]), "m": (seen["m"], parts["m"]), "all": (sum(seen.values()), n)}
    for sex in one.sexes:
        yield _row(one, sex, year, "", x=counts[sex][0], n=counts[sex][1])


def _way(one: Indicator) -> float:
    if one.rule.kind in ("trend_down", "gap_down", "gap_zero", "growth_slows", "not_up"):
        return -1
    return 1 if one.wants in ("up", "keep") else 0


def _row(one: Indicator, sex: str, year: int, part: str, **given: Any) -> Row:
    slot = slot_for(one.code, sex, part)
    if slot is None:
        raise LookupError(f"{one.code} {sex} {part}")
    told = {name: str(value) for name, value in given.items()}
    return Row(slot, year, {"source": INVENTED, "explanation": INVENTED, **told})
