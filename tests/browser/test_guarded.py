"""What is guarded, at real screens: evidence, an export, an emergency and its review, a case closed to one, one that is gone."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import FilePayload, expect

from agencies.models import User
from agencies.need_to_know import Recusal
from casework import services
from casework.models import BreakGlass, Evidence, Export
from casework.services.exports import make_export
from privacy.files import folder
from tests.browser.seats import PHONE, House, Seat
from tests.casework.cases import ID_NUMBER, NAME, a_case, with_victim
from tests.casework.test_evidence import a_photo
from tests.casework.test_shredding import after_waiting, approved, archived
from tests.people import PASSWORD, a_caseworker, a_lead, an_operator, another_federation

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    folder().mkdir()


def with_password(actor: Any) -> None:
    user = User.objects.get(pk=actor.user_id)
    user.set_password(PASSWORD)
    user.save()


def grows_stale(seat: Seat) -> None:
    """Six minutes go by since she last proved who she is."""
    name = settings.SESSION_COOKIE_NAME
    key = next(one["value"] for one in seat.page.context.cookies() if one["name"] == name)
    session = SessionStore(key)
    session["proved"] -= 360
    session.save()


def proves(seat: Seat) -> None:
    """The question that stands in the way, answered with the password."""
    seat.says("请确认是您本人")
    seat.page.locator("#proof-password").fill(PASSWORD)
    seat.press("继续")


def test_a_photo_is_brought_in_looked_at_and_taken_out(place: House) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    seat = place.seat(worker)
    seat.go(reverse("casework:evidence_add", args=[case.pk]))
    seat.page.select_option("[name=kind]", "E5")
    seat.fill(title="左臂伤情照片")
    seat.page.locator("[name=precision]").last.check()
    seat.page.set_input_files(
        "[name=file]", FilePayload(name="x.svg", mimeType="image/svg+xml", buffer=b"<svg/>")
    )
    seat.send(seat.page.get_by_role("button", name="保存"))
    seat.says("已填写的内容仍保留，文件需要重新选择")
    assert (seat.page.input_value("[name=title]"), Evidence.objects.count()) == ("左臂伤情照片", 0)
    seat.look("guarded-1-evidence-refused")
    seat.page.evaluate(
        "document.addEventListener('htmx:xhr:progress', () => { window.told = document.querySelector('progress').value })"
    )
    seat.page.set_input_files(
        "[name=file]", FilePayload(name="IMG_1.jpg", mimeType="image/jpeg", buffer=a_photo() + b"\0" * 2**20)
    )
    expect(seat.page.locator("progress")).to_be_hidden()
    with seat.page.expect_navigation():
        seat.page.get_by_role("button", name="保存").click()
    row = Evidence.objects.get()
    seat.page.locator("#evidence").get_by_role("link", name="查看图片").click()
    picture = seat.page.locator("img.evidence-copy")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("one => one.naturalWidth") == 60
    seat.look("guarded-2-evidence-copy")
    seat.page.locator("details summary").last.click()
    with seat.page.expect_download() as taken:
        seat.press("下载原件")
    assert taken.value.suggested_filename == f"evidence-{row.pk.hex[:8]}-original.jpg"
    assert Path(taken.value.path()).read_bytes().startswith(a_photo())


def test_an_export_is_asked_for_approved_by_another_and_fetched_once(place: House) -> None:
    worker, lead = a_caseworker(), a_lead()
    for actor in (worker, lead):
        with_password(actor)
    with_victim(a_case(worker), worker)
    asker, leader = place.seat(worker), place.seat(lead)
    grows_stale(asker)
    asker.go(reverse("exports:new"), 401)
    proves(asker)
    asker.tick("source=cases", "people=numbers")
    asker.fill(reason="季度汇报")
    asker.look("guarded-3-export-ask")
    asker.press("提交申请")
    asker.says("待审批")
    grows_stale(leader)
    leader.go("/cases/today/")
    leader.look("guarded-4-leader-today")
    leader.press("数据导出")
    leader.says("季度汇报")
    leader.press("批准导出")
    proves(leader)
    leader.says("正在生成")
    asker.page.reload()
    asker.look("guarded-5-export-being-made")
    export = Export.objects.get()
    make_export(export.pk)
    asker.says("可下载")
    asker.look("guarded-6-export-ready")
    with asker.page.expect_download() as taken:
        asker.press("下载文件（仅一次）")
    assert taken.value.suggested_filename == f"export-{export.serial}.zip"
    asker.press("下载文件（仅一次）")
    asker.says("文件已下载过或已过期")
    asker.press("查看口令")
    asker.press("立即显示")
    asker.look("guarded-7-passphrase")
    asker.never_says(NAME, ID_NUMBER)


def test_an_emergency_is_opened_read_and_reviewed(place: House) -> None:
    owner, lead, stranger = a_caseworker(), a_lead(), an_operator(another_federation())
    case = a_case(owner)
    with_victim(case, owner)
    services.assign_case(case, actor=owner, user_id=owner.user_id)
    with_password(stranger)
    seat = place.seat(stranger)
    grows_stale(seat)
    seat.go(case.get_absolute_url(), 404)
    seat.go("/cases/emergency/", 401)
    proves(seat)
    seat.fill(reference=case.reference, reason="她打来电话，说他在砸门")
    seat.press("紧急查阅")
    seat.look("guarded-8-emergency-why-missing")
    seat.tick("why=danger")
    seat.press("紧急查阅")
    seat.says("正在紧急查阅一个个案")
    seat.look("guarded-9-emergency-case")
    glass, leader = BreakGlass.objects.get(), place.seat(lead)
    leader.go("/cases/today/")
    leader.page.locator("main").get_by_role("link", name=case.reference).first.click()
    leader.says("她打来电话，说他在砸门")
    leader.look("guarded-10-emergency-review")
    leader.step(glass, "justify", finding="核对了来电录音，确有危险。")
    leader.look("guarded-11-emergency-reviewed")
    seat.go(case.get_absolute_url(), 404)
    assert BreakGlass.objects.get().state == "justified"


def test_a_case_is_closed_to_a_relative_and_another_case_is_gone(place: House) -> None:
    worker, lead, relative = a_caseworker(), a_lead(), an_operator()
    case, gone = a_case(worker), archived(worker)
    seat = place.seat(lead, size=PHONE)
    seat.go(reverse("casework:recusals", args=[case.pk]))
    seat.press("确认回避")
    seat.look("guarded-12-recusal-nobody-named")
    seat.page.locator("[name=user]").select_option(str(relative.user_id))
    seat.tick("why=relative")
    seat.press("确认回避")
    seat.look("guarded-13-recusal")
    assert Recusal.objects.get().user_id == relative.user_id
    place.seat(relative).go(case.get_absolute_url(), 404)
    approved(gone, worker)
    assert after_waiting() == 1
    seat.go(gone.get_absolute_url(), 410)
    seat.says("本案已经粉碎", gone.reference)
    seat.look("guarded-14-gone")
    seat.never_says(NAME, gone.alias)
