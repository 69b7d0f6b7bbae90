"""The pages: entering by hand and by table, all or nothing; the board shows what was published and no small count."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from agencies.actor import Actor
from monitor.models import Decision, Reporter, Responsibility, Round, Seat, Submission, Value
from monitor.tables import HEAD, template
from tests.monitor.rounds import (
    bureau,
    collecting,
    good_rows,
    health,
    office,
    past,
    published,
    responsible,
    the_health_office,
)
from tests.people import a_judge, a_supervisor, signed_in

pytestmark = pytest.mark.django_db


def client(actor: Actor) -> Client:
    return signed_in(Client(), actor)


def filled(submission: Submission, change: Any = None) -> SimpleUploadedFile:
    """The template as a unit returns it."""
    book = load_workbook(BytesIO(template(submission)))
    sheet = book.active
    given = {(row.slot.indicator.code, row.slot.sex): row for row in good_rows()}
    for cells in sheet.iter_rows(min_row=HEAD + 1):
        row = given[cells[0].value, cells[2].value]
        cells[7].value, cells[8].value = int(row.text("x")), int(row.text("n"))
    if change:
        change(sheet)
    return as_file(book)


def as_file(book: Workbook) -> SimpleUploadedFile:
    data = BytesIO()
    book.save(data)
    return SimpleUploadedFile("plan.xlsx", data.getvalue())


def sent(submission: Submission, file: SimpleUploadedFile, actor: Actor | None = None) -> Any:
    return client(actor or health()).post(reverse("monitor:upload", args=[submission.pk]), {"file": file})


def test_a_table_goes_out_and_comes_back_whole() -> None:
    _round, submission = collecting()
    sheet = load_workbook(BytesIO(template(submission))).active
    assert [cell.value for cell in sheet["A"]][HEAD:] == [
        "D1.02a",
        "D1.02b",
        "D1.04b",
        "D1.10a",
        "D1.10a",
        "D1.10a",
    ]
    assert sent(submission, filled(submission)).status_code == 302
    assert Value.objects.count() == 6 and not submission.unanswered()
    assert sent(submission, filled(submission)).status_code == 302 and Value.objects.count() == 6


def change(place: str, value: Any) -> Any:
    return lambda sheet: sheet.__setitem__(place, value)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (change("H5", "=SUM(1,2)"), "第 5 行"),
        (change("H5", 4000), "部分大于总数"),
        (change("A5", "D2.05a"), "不由你单位报送"),
        (change("E5", 2026), "不在本轮范围内"),
        (change("C1", "someone else"), "另一轮次或另一单位"),
        (change("K5", "联系 13800138000"), "不要填写电话"),
        (lambda sheet: sheet.append(["D1.02a", "", "all", "", 2025, "", "", 3, 400]), "出现两次"),
    ],
)
def test_a_table_with_a_fault_is_told_by_row_and_nothing_is_imported(wrong: Any, told: str) -> None:
    _round, submission = collecting()
    answer = sent(submission, filled(submission, wrong))
    assert (answer.status_code, told in answer.content.decode(), Value.objects.count()) == (422, True, 0)


def test_what_is_no_table_is_refused_in_words() -> None:
    _round, submission = collecting()
    for data in (b"", b"PK\x03\x04 no zip", b"a,b,c", b"0" * 1_000_001):
        assert sent(submission, SimpleUploadedFile("plan.xlsx", data)).status_code == 422


def test_by_hand_what_was_typed_stays_when_a_row_is_wrong() -> None:
    _round, submission = collecting()
    unit, url = client(health()), submission.get_absolute_url()
    typed = {"D1.04b|all||x": "240", "D1.04b|all||n": "200", "D1.02b|all||x": "380", "D1.02b|all||n": "400"}
    answer = unit.post(url, typed)
    assert (answer.status_code, Value.objects.count(), 'value="380"' in answer.content.decode()) == (
        422,
        0,
        True,
    )
    assert unit.post(url, typed | {"D1.04b|all||n": "400"}).status_code == 302
    assert Value.objects.count() == 2
    unit.post(f"/moves/unit_submission/{submission.pk}/hand_in/")
    assert Submission.objects.get().state == "open"  # not everything is answered


def test_the_board_shows_what_was_published_and_no_small_count() -> None:
    past("D1.04b", 270, 262, 255, 248)
    responsible("D1.T4")
    published()
    page = client(health()).get("/plan/").content.decode()
    assert "预计达标困难" in page and "红色" in page and "60 %" in page
    for url in ("/plan/", "/plan/targets/D1.T2/"):
        page = client(a_supervisor()).get(url).content.decode()
        assert "不公布" in page and "250 /10万" not in page
    assert "到2030年达标的可能性" in client(office()).get("/plan/targets/D1.T4/").content.decode()
    pages = [
        client(bureau()).get(f"/plan/{path}").status_code
        for path in ("?draft=1", "rounds/", "warnings/", "units/")
    ]
    assert pages == [200] * 4
    assert "质量分" in client(office()).get(Round.objects.get().get_absolute_url()).content.decode()


def test_foreign_work_answers_like_absent_work() -> None:
    _round, submission = collecting()
    for actor in (a_judge(), a_supervisor(), office()):
        paths = [submission.get_absolute_url(), reverse("monitor:template", args=[submission.pk])]
        assert [client(actor).get(path).status_code for path in paths] == [404, 404]
    assert sent(submission, filled(submission), bureau()).status_code == 404
    assert not Value.objects.exists()


def test_office_and_bureau_decide_what_the_plan_leaves_open() -> None:
    collecting()
    unit, target = the_health_office(), "/plan/targets/D1.T3/"
    client(office()).post(f"{target}units/", {"leads": unit.pk, "joins": []})
    client(bureau()).post(f"{target}units/", {"D1.03a-agency": unit.pk, "D1.03b-agency": unit.pk})
    assert (Responsibility.objects.get().part, Reporter.objects.filter(indicator="D1.03b").count()) == (
        "lead",
        1,
    )
    given = {"indicator": "D1.03a", "kind": "bound", "number": "40", "source": "妇儿工委会议纪要"}
    assert client(health()).post(target, given).status_code == 403  # a unit decides no limit
    assert client(office()).post(target, given).status_code == 302
    assert client(health()).post(target, given | {"kind": "baseline"}).status_code == 422  # of which year?
    assert client(health()).post(target, given | {"kind": "baseline", "year": "2020"}).status_code == 302
    assert list(Decision.objects.values_list("kind", flat=True)) == ["bound", "baseline"]
    seat = {"group": "third_party", "user": health().user_id}
    assert client(office()).post("/plan/units/", seat).status_code == 422  # until when?
    assert client(office()).post("/plan/units/", seat | {"ends_on": "2027-01-01"}).status_code == 302
    assert client(bureau()).post("/plan/units/", seat | {"ends_on": "2027-01-01"}).status_code == 403
    assert Seat.objects.count() == 1


def test_a_round_is_planned_on_the_page() -> None:
    page = client(bureau())
    answer = page.post("/plan/rounds/new/", {"kind": "annual", "year": "2025", "due_on": "2031-06-30"})
    assert (answer.status_code, Round.objects.get().state) == (302, "planned")
    again = page.post("/plan/rounds/new/", {"kind": "annual", "year": "2025", "due_on": "2031-06-30"})
    assert (again.status_code, "该年份已有" in again.content.decode()) == (409, True)
    assert client(health()).get("/plan/rounds/new/").status_code == 404
