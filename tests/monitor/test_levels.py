"""District, city, region: what is taken in, what is added up, and that no total gives a hidden part away."""

import csv
import hashlib
import json
from io import StringIO
from itertools import product
from random import Random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Area
from monitor.dictionary import dictionary
from monitor.inflow import flow_in
from monitor.levels import Levels, may_be_told
from monitor.models import Collected, Publication, Value
from monitor.publishing import content_of, digest_of
from tests.monitor.rounds import a_round, bureau, health, office, the_health_office
from tests.people import an_actor, an_agency, district, signed_in

CITY, REGION = "150700", "150000"
COUNT, SHARE = "D6.05p", "D1.02b"  # a count of people, and a share
LEAST = 5


def city_bureau() -> Actor:
    one = an_agency(AgencyKind.STATISTICS, "呼伦贝尔市统计局")
    one.area, _made = Area.objects.get_or_create(code=CITY, defaults={"name": "呼伦贝尔市"})
    one.save()
    return an_actor(Role.SUPERVISOR, one)


def export(area: str, below: int = 0, **figures: Any) -> bytes:
    """As a district's own system sends it. figures: {code with _ for a point: [(year, text, x, n), ...]}."""
    rows = {}
    for name, years in figures.items():
        rows[name.replace("_", ".", 1)] = {
            "values": [[year, text] for year, text, _x, _n in years],
            "counts": [[year, x, n] for year, _text, x, n in years],
        }
    content = {"area": area, "year": 2025, "below": below, "indicators": rows}
    sent = {"format": "huhang-plan/1", "version": 1, "sha256": digest_of(content), "content": content}
    return json.dumps(sent, ensure_ascii=False).encode()


def sent(data: bytes, digest: str = "", actor: Actor | None = None) -> Any:
    form = {"file": SimpleUploadedFile("plan", data), "digest": digest}
    return signed_in(Client(), actor or city_bureau()).post("/plan/levels/", form)


def districts(*codes: str) -> None:
    Area.objects.filter(parent=CITY).update(parent=None)
    for code in codes:
        Area.objects.update_or_create(code=code, defaults={"name": f"区{code[-2:]}", "parent_id": CITY})


def shown(x: int) -> tuple[int, str | None, int | None, None]:
    """A count as a district publishes it."""
    return (2025, str(x), x, None) if x >= LEAST else (2025, None, None, None)


@pytest.mark.django_db
def test_sums_stand_only_where_every_part_is_published() -> None:
    top = city_bureau()
    districts("150701", "150702")
    share = [(2024, "90", 90, 100), (2025, "95", 95, 100)]
    assert sent(export("150701", D6_05p=[shown(12)], D1_02b=share)).status_code == 302
    assert list(Levels(CITY).sums(2030)) == []  # one part is missing
    other = [(2024, None, None, None), (2025, "80", 160, 200)]
    assert sent(export("150702", D6_05p=[shown(9)], D1_02b=other)).status_code == 302
    assert list(Levels(CITY).sums(2030)) == [(SHARE, 2025, 255, 300), (COUNT, 2025, 21, None)]
    n = flow_in(CITY, 2025, a_round().pk, actor=top, now=timezone.now())
    kept = Value.objects.filter(area=CITY, indicator=SHARE).get()
    assert (n, kept.x, kept.n, kept.source) == (2, 255, 300, "下级汇总（2个地区）")
    page = signed_in(Client(), top).get("/plan/levels/").content.decode()
    assert "255" in page and "区01" in page
    content = content_of(CITY, 2025, final=False)
    assert (content["below"], content["indicators"][SHARE]["values"]) == (1, [[2025, "85"]])


@pytest.mark.django_db
def test_an_export_is_believed_only_whole_and_only_from_right_below() -> None:
    city_bureau()
    districts("150701")
    good = export("150701", D6_05p=[shown(12)])
    wrong = [
        good.replace(b'"12"', b'"13"'), good.replace(b"huhang-plan/1", b"huhang-plan/9"), b"{", b"[]", b"", b"a,b\n1,2\n",
        export("150799", D6_05p=[shown(12)]), export(CITY), b"{" * 100_000, b"0" * 5_000_001,
        export("150701", D6_05p=[(2025, "=1+1", 12, None)]), export("150701", D6_05p=[(2025, "12", -12, None)]),
        export("150701", D6_05p=[(1066, "12", 12, None)]),
    ]  # fmt: skip
    assert [sent(data).status_code for data in wrong] == [422] * len(wrong) and not Collected.objects.exists()
    assert [sent(good).status_code for _twice in range(2)] == [302, 302] and Collected.objects.count() == 1
    for actor in (office(), health()):
        assert sent(good, actor=actor).status_code == 404
    assert sent(good, actor=bureau()).status_code == 422  # the district's own bureau: nothing lies below it


@pytest.mark.django_db
def test_the_table_for_programs_is_taken_in_with_its_digest_beside_it() -> None:
    city_bureau()
    Area.objects.filter(code="150703").update(parent=CITY)
    Area.objects.filter(parent=CITY).exclude(code="150703").update(parent=None)
    content = json.loads(export("150703", D1_02b=[(2025, "95", 380, 400)], D6_05p=[shown(3)]))["content"]
    Publication.objects.create(
        round=a_round(), area=district(), year=2025, version=1, content=content, digest=digest_of(content),
        published_by_id=bureau().user_id, published_at=timezone.now(),
    )  # fmt: skip
    answer = Client().get("/plan/public/150703/sdmx/")
    rows = {row["INDICATOR"]: row for row in csv.DictReader(StringIO(answer.content.decode()))}
    assert (rows[SHARE]["NUMERATOR"], rows[COUNT]["OBS_STATUS"], rows[COUNT]["NUMERATOR"]) == ("380", "Q", "")
    assert answer.headers["X-SHA256"] == hashlib.sha256(answer.content).hexdigest()
    assert sent(answer.content, "0" * 64).status_code == 422
    assert sent(answer.content, answer.headers["X-SHA256"]).status_code == 302
    kept = Collected.objects.get().figures
    assert kept["rows"] == {SHARE: [[2025, "95", 380, 400]], COUNT: [[2025, None, None, None]]}


@pytest.mark.django_db
@pytest.mark.attack("T99")
def test_a_citys_own_total_is_withheld_where_it_would_give_a_district_away(tried: Any) -> None:
    city_bureau()
    districts("150701", "150702", "150703")
    who, one = health(), dictionary().indicators[COUNT]
    for code, x in (("150701", 12), ("150702", 9), ("150703", 3)):
        assert sent(export(code, D6_05p=[shown(x)], D1_02b=[(2025, None, None, None)])).status_code == 302
    for code, x, n in ((COUNT, 24, None), (SHARE, 900, 1000)):
        Value.objects.create(
            area_id=CITY, indicator=code, year=2025, answer="number", x=x, n=n, agency=the_health_office(),
            entered_by_id=who.user_id, entered_at=timezone.now(),
        )  # fmt: skip
    content = content_of(CITY, 2025, final=False)["indicators"]
    told = {code: content[code]["values"] + content[code]["counts"] for code in (COUNT, SHARE)}
    tried(
        request="city total − the two districts shown", actor="anybody with two pages and a calculator",
        expected={COUNT: [[2025, None]], SHARE: [[2025, None]]}, got=told,
    )  # fmt: skip
    assert Levels(CITY).hides(one, 2025, 24) and not Levels("150703").hides(one, 2025, 3)


def possible(hidden: int, rest: int | None, least: int) -> list[set[int]]:
    """What each hidden part could be, tried one by one: every way in which they add up to what is left of the total."""
    found: list[set[int]] = [set() for _part in range(hidden)]
    for way in product(range(least), repeat=hidden):
        if rest is None or sum(way) == rest:
            for place, value in enumerate(way):
                found[place].add(value)
    return found


@pytest.mark.attack("T99")
def test_no_hidden_part_is_narrowed_by_its_total_over_random_districts(tried: Any) -> None:
    random, given_away, told, withheld = Random(3), [], 0, 0
    for _trial in range(4000):
        least = random.choice([5, 5, 5, 10]) if _trial % 8 == 0 else 5
        parts = [random.choice([0, 1, 2, 3, 4, 4, 3, 7, 12, 30]) for _part in range(random.randint(1, 6))]
        hidden = [x for x in parts if x < least]
        seen = [x for x in parts if x >= least]
        if len(hidden) > (3 if least == 10 else 5):
            continue
        stands = may_be_told(sum(parts), seen, len(hidden), least)
        told, withheld = told + stands, withheld + (not stands)
        rest = sum(parts) - sum(seen) if stands else None
        if any(not {0, least - 1} <= values for values in possible(len(hidden), rest, least)):
            given_away.append((parts, least))
    assert told > 500 and withheld > 500
    tried(request="total − shown parts, 4000 made-up cities", actor="a program", expected=[], got=given_away)


@pytest.mark.django_db
@pytest.mark.attack("T99")
def test_three_levels_together_tell_no_more_than_the_districts(tried: Any) -> None:
    """A region adds up only what its cities show; a city that withholds keeps the region from standing."""
    Area.objects.get_or_create(code=REGION, defaults={"name": "内蒙古自治区"})
    top = city_bureau()
    Area.objects.filter(parent=REGION).update(parent=None)
    for code in (CITY, "150400"):
        Area.objects.update_or_create(code=code, defaults={"name": code, "parent_id": REGION})
    one = dictionary().indicators[COUNT]
    for code, x in ((CITY, None), ("150400", 40)):
        row = (2025, None if x is None else str(x), x, None)
        data = json.loads(export(code, below=1, D6_05p=[row]))
        Collected.objects.create(
            area_id=REGION, part_id=code, year=2025, version=1, digest=data["sha256"], taken_by_id=top.user_id,
            figures={"below": 1, "rows": {COUNT: [list(row)]}},
        )  # fmt: skip
    region = Levels(REGION)
    answers = [region.hides(one, 2025, total) for total in (41, 44, 50, 60, 400)]
    tried(request="region − the city shown", actor="anybody", expected=[True] * 5, got=answers)
    assert (list(region.sums(2030)), region.depth) == ([], 2)
