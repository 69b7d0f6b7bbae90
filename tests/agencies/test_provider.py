"""Coming in by the word of an identity provider: whose word counts, for whom, and once."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from agencies import session as sessions
from agencies.kinds import Role
from agencies.models import Network, OpenSession, ProviderLink, ProviderTry, SignInAttempt, User, WatchAlert
from agencies.proof import PASSWORD
from agencies.provider import links
from agencies.provider.calls import checked
from agencies.provider.refusals import Refused
from agencies.selectors import actor_of
from config.checks import nothing_weak
from tests import people
from tests.agencies.door import age_session, is_inside, post
from tests.agencies.identity_provider import BACK, CLIENT, SECRET, Provider, served
from tests.agencies.keeper import code, second, somebody, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(tmp_path: Path, settings: Any) -> Iterator[Provider]:
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    secret.chmod(0o600)
    with served() as one:
        settings.OIDC_ISSUER, settings.OIDC_PLAIN_HTTP = one.issuer, True
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET_FILE = CLIENT, str(secret)
        settings.OIDC_REDIRECT_URI = BACK
        yield one


def linked(user: User, provider: Provider) -> User:
    links.link(actor=people.an_administrator(), user=user, subject=provider.subject)
    user.refresh_from_db()
    return user


def sent_to(browser: Client, wanted: str = "/password") -> str:
    """The provider's address to which our page sends the browser."""
    return str(browser.get("/sign-in/provider", {"next": wanted}).url)  # type: ignore[attr-defined]


def sent_back(address: str) -> str:
    """Where the provider sends the browser when the person has signed in there."""
    parts = urlsplit(address)
    line = HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    line.request("GET", f"{parts.path}?{parts.query}")
    with line.getresponse() as answer:
        line.close()
        return str(answer.headers["Location"])


def there_and_back(browser: Client, **more: str) -> Any:
    return browser.get(sent_back(sent_to(browser)), **more)  # type: ignore[arg-type]


def goes_on_to(answer: Any) -> str:
    found = re.search(r'content="0;url=([^"]+)"', answer.content.decode())
    return html.unescape(found[1]) if found else ""


def says(answer: Any, words: str) -> bool:
    return words in html.unescape(answer.content.decode())


@pytest.mark.parametrize(("key", "alg"), [("rsa", "RS256"), ("ec", "ES256"), ("rsa", "PS256")])
def test_a_linked_person_comes_in_under_a_new_session(key: str, alg: str, provider: Provider) -> None:
    linked(somebody(), provider)
    provider.key, provider.alg, provider.published = key, alg, ["forger's", "ec", "rsa"]
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["sessionid"] = planted = "a" * 32
    answer = there_and_back(browser)
    assert (answer.status_code, goes_on_to(answer), is_inside(browser)) == (200, "/password", True)
    assert browser.cookies["sessionid"].value != planted
    assert (OpenSession.objects.count(), ProviderTry.objects.count(), browser.cookies["huhang-provider"].value) == (
        1, 0, "",
    )  # fmt: skip


def test_nothing_of_a_sign_in_is_given_away_in_cookie_or_address(provider: Provider) -> None:
    browser = Client(enforce_csrf_checks=True)
    query = parse_qs(urlsplit(sent_to(browser)).query)
    cookie = browser.cookies["huhang-provider"]
    assert (cookie["samesite"], cookie["httponly"], cookie["max-age"]) == ("Lax", True, 600)
    assert sorted(query) == [
        "client_id", "code_challenge", "code_challenge_method", "nonce", "redirect_uri", "response_type", "scope",
        "state",
    ]  # fmt: skip
    row = str(list(ProviderTry.objects.values()))
    assert not any(word in row for word in (cookie.value, *query["state"], *query["nonce"]))


NOW = int(time())
LIES: dict[str, Any] = {
    "another nonce": {"claims": {"nonce": "x"}},
    "another audience": {"claims": {"aud": "somebody-else"}},
    "two audiences, nobody named": {"claims": {"aud": [CLIENT, "other"]}},
    "made out to another party": {"claims": {"aud": [CLIENT, "other"], "azp": "other"}},
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "expired": {"claims": {"iat": NOW - 900, "exp": NOW - 600}},
    "from the future": {"claims": {"nbf": NOW + 900}},
    "without an end": {"claims": {"exp": None}},
    "another access token": {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
    "a subject that is no word": {"claims": {"sub": ["官员-0071"]}},
    "another key under the same name": {"key": "forger's"},
    "a key not published": {"key": "ec", "alg": "ES256"},
    "an unsigned token": {"token": "eyJhbGciOiJub25lIn0.e30."},
    "no token": {"token": "x"},
}


@pytest.mark.attack("T42")
@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_the_providers_own_for_us_now_opens_nothing(
    lie: str, provider: Provider, tried: Any
) -> None:
    linked(somebody(), provider)
    for name, value in LIES[lie].items():
        setattr(provider, name, value)
    browser = Client(enforce_csrf_checks=True)
    answer = there_and_back(browser)
    got = (answer.status_code, says(answer, "没有通过核验"), is_inside(browser), OpenSession.objects.count())
    tried(request=f"sign-in with {lie}", actor="forger", expected=(403, True, False, 0), got=got)
    assert list(WatchAlert.objects.values_list("rule", "user")) == [("forged_token", None)]


def test_a_new_key_of_the_providers_counts_at_once_and_the_old_one_no_longer(provider: Provider) -> None:
    linked(somebody(), provider)
    first = there_and_back(Client(enforce_csrf_checks=True)).status_code
    provider.key, provider.alg, provider.published = "ec", "ES256", ["ec"]
    rotated = there_and_back(Client(enforce_csrf_checks=True)).status_code
    provider.key, provider.alg = "rsa", "RS256"
    old = there_and_back(Client(enforce_csrf_checks=True)).status_code
    assert (first, rotated, old) == (200, 200, 403)


@pytest.mark.attack("T42")
def test_an_answer_is_good_once_soon_and_in_the_browser_that_asked(provider: Provider, tried: Any) -> None:
    linked(somebody(), provider)
    victim, thief = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    back = sent_back(sent_to(victim))
    secret = victim.cookies["huhang-provider"].value
    found = {"in another browser": thief.get(back).status_code}
    sent_to(thief)
    found["in a browser with a try of its own"] = thief.get(back).status_code
    found["with another state"] = victim.get(back.replace("state=", "state=x")).status_code
    victim.cookies["huhang-provider"] = secret
    found["by the right one"] = victim.get(back).status_code
    thief.cookies["huhang-provider"] = secret
    found["again, cookie and all"] = thief.get(back).status_code
    late = sent_back(sent_to(thief))
    ProviderTry.objects.update(at=timezone.now() - timedelta(minutes=10))
    found["after ten minutes"] = thief.get(late).status_code
    other = thief.get(sent_back(sent_to(thief)).replace(f"{provider.server.server_address[1]}", "1"))
    found["in the name of another provider"] = other.status_code
    expected = dict.fromkeys(found, 400) | {"by the right one": 200, "in the name of another provider": 403}
    tried(
        request="the answer used in every other way",
        actor="thief of the address",
        expected=expected,
        got=found,
    )
    assert is_inside(thief) is False


def test_a_code_that_the_provider_does_not_take_is_told_as_out_of_date(provider: Provider) -> None:
    browser = Client(enforce_csrf_checks=True)
    back = sent_back(sent_to(browser))
    provider.codes.clear()
    answer = browser.get(back)
    assert (answer.status_code, says(answer, "已经用过")) == (400, True)


def test_somebody_unknown_is_told_what_to_tell_and_nobody_is_made(provider: Provider) -> None:
    user, before = somebody("官员-0071"), User.objects.count()
    provider.claims = {
        "email": "sumin@example.org",
        "name": user.display_name,
        "preferred_username": "官员-0071",
    }
    browser = Client(enforce_csrf_checks=True)
    answer = there_and_back(browser)
    assert (answer.status_code, says(answer, provider.subject), is_inside(browser)) == (403, True, False)
    assert (User.objects.count(), ProviderLink.objects.count()) == (before, 0)


@pytest.mark.parametrize("what", ["account closed", "posting ended", "another network"])
def test_the_same_conditions_hold_as_with_a_password(what: str, provider: Provider) -> None:
    user = linked(somebody(), provider)
    if what == "account closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    elif what == "posting ended":
        user.postings.all().delete()
    else:
        Network.objects.create(agency=user.postings.get().agency, cidr="10.12.0.0/16")
    browser = Client(enforce_csrf_checks=True)
    answer = there_and_back(browser)
    words = "指定网络" if what == "another network" else "没有任职"
    assert (answer.status_code, says(answer, words), is_inside(browser)) == (403, True, False)


def test_the_second_step_is_asked_for_unless_the_provider_has_asked(
    provider: Provider, settings: Any
) -> None:
    user, seed = with_app()
    linked(user, provider)
    provider.claims = {"amr": ["pwd", "otp"], "acr": "low"}
    half, whole = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    asked = goes_on_to(there_and_back(half))
    page, outside = half.get("/sign-in/second"), is_inside(half)
    assert (asked, says(page, "统一认证已通过"), outside) == ("/sign-in/second", True, False)
    assert (second(half, code(seed)).url, is_inside(half)) == ("/password", True)
    settings.OIDC_SECOND_STEP = ["otp"]
    assert (goes_on_to(there_and_back(whole)), sessions.has_factor(whole.session)) == ("/password", True)
    settings.OIDC_REQUIRE_ACR = ["high"]
    weak = there_and_back(Client(enforce_csrf_checks=True))
    assert (weak.status_code, says(weak, "强度不够"), "acr_values=high" in sent_to(whole)) == (
        403,
        True,
        True,
    )


def test_a_password_that_was_not_used_need_not_be_renewed(provider: Provider) -> None:
    linked(somebody(role=Role.ADMINISTRATOR), provider)
    User.objects.filter(username="sumin").update(must_change_password=True)
    browser = Client(enforce_csrf_checks=True)
    there_and_back(browser)
    assert browser.get("/people").status_code == 200


@pytest.mark.parametrize(
    "how", ["answers 500", "redirects", "is gone", "names another", "leads inwards", "plain"]
)
@pytest.mark.attack("T64")
def test_a_provider_that_is_away_or_leads_elsewhere_is_told_clearly(
    how: str, provider: Provider, settings: Any, tried: Any
) -> None:
    browser = Client(enforce_csrf_checks=True)
    if how == "answers 500":
        provider.status = 500
    elif how == "redirects":
        provider.status = 302
    elif how == "is gone":
        provider.server.server_close()
    elif how == "names another":
        provider.description = {"issuer": "https://evil.example"}
    elif how == "leads inwards":
        provider.description = {"authorization_endpoint": "http://169.254.169.254/latest"}
    else:
        settings.OIDC_PLAIN_HTTP = False
    answer = browser.get("/sign-in/provider")
    got = (answer.status_code, says(answer, "暂时连不上"), "/elsewhere" in provider.asked)
    tried(
        request=f"GET /sign-in/provider, the provider {how}",
        actor="anybody",
        expected=(503, True, False),
        got=got,
    )


def test_where_no_provider_is_set_there_is_no_button_and_no_address() -> None:
    browser, admin = Client(enforce_csrf_checks=True), people.signed_in(Client(), people.an_administrator())
    found = [browser.get(f"/sign-in/provider{end}").status_code for end in ("", "/back")]
    found.append(admin.post(f"/people/{somebody().pk}/provider", {"subject": "x"}).status_code)
    assert (found, "/sign-in/provider" in browser.get("/sign-in").content.decode()) == ([404] * 3, False)


def test_many_wrong_answers_from_one_address_have_to_wait(provider: Provider) -> None:
    now, browser = timezone.now(), Client(enforce_csrf_checks=True)
    SignInAttempt.objects.bulk_create(
        SignInAttempt(username="", address="127.0.0.1", at=now, right=False) for _ in range(29)
    )
    statuses = [browser.get("/sign-in/provider/back?state=x&code=y").status_code for _ in range(2)]
    assert (statuses, provider.asked) == ([400, 429], [])


def test_an_administrator_links_with_a_proof_and_nobody_links_herself(provider: Provider) -> None:
    user, admin = somebody(), somebody("guanli", Role.ADMINISTRATOR)
    browser = people.signed_in(Client(enforce_csrf_checks=True), actor_of(admin.postings.get()))
    age_session(browser, proved=6)
    address, typed = f"/people/{user.pk}/provider", {"subject": provider.subject}
    asked = post(browser, address, typed).status_code, ProviderLink.objects.count()
    linked_now = post(browser, address, {**typed, PASSWORD: people.PASSWORD}).status_code
    kept = str(list(ProviderLink.objects.values()))
    assert (asked, linked_now, "已绑定" not in kept and provider.subject not in kept) == ((401, 0), 302, True)
    assert post(browser, f"/people/{admin.pk}/provider", typed).status_code == 403
    page = browser.get(f"/people/{user.pk}")
    assert (says(page, f"由{admin.display_name}绑定"), there_and_back(Client()).status_code) == (True, 200)
    post(browser, f"/people/{somebody('other').pk}/provider", typed)
    assert ProviderLink.objects.get().user_id == user.pk
    inside = Client(enforce_csrf_checks=True)
    there_and_back(inside)
    post(browser, address, {"unlink": "yes"})
    assert (is_inside(inside), there_and_back(inside).status_code) == (False, 403)


@pytest.mark.attack("T17")
def test_a_link_moved_in_the_database_counts_for_nothing(provider: Provider, tried: Any) -> None:
    linked(somebody("mine"), provider)
    hers = somebody("hers", Role.LEAD)
    with connection.cursor() as cursor:
        cursor.execute("update agencies_providerlink set user_id = %s", [hers.pk])
    got = there_and_back(Client(enforce_csrf_checks=True)).status_code
    tried(request="update agencies_providerlink", actor="database without keys", expected=403, got=got)
    alerts = WatchAlert.objects.values_list("rule", "user", "agency")
    assert list(alerts) == [("changed_link", hers.pk, hers.postings.get().agency_id)]


def test_the_check_before_an_installation_names_what_is_weak(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o644)
    weak = {"OIDC_ISSUER": "http://idp.gov.example", "OIDC_REDIRECT_URI": "https://evil.example/back"}
    with override_settings(**weak, OIDC_CLIENT_ID=CLIENT, OIDC_CLIENT_SECRET_FILE=str(secret)):
        found = {one.id for one in nothing_weak(None)}
    assert {"huhang.E006", "huhang.E011", "huhang.E012"} <= found


@pytest.mark.attack("T64")
@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254",
     "[fe80::1]", "0.0.0.0"],
)  # fmt: skip
def test_a_provider_that_is_this_machine_is_refused_at_the_start_and_never_called(
    host: str, tried: Any
) -> None:
    issuer = f"https://{host}"
    with override_settings(OIDC_ISSUER=issuer, OIDC_HOSTS=["idp.gov.example"]):
        named = "huhang.E014" in {one.id for one in nothing_weak(None)}
        try:
            got = checked(issuer).hostname
        except Refused as refusal:
            got = refusal.detail
    tried(request=f"OIDC_ISSUER={issuer}", actor="installer", expected=(True, "inward"), got=(named, got))


def test_a_provider_in_a_network_of_the_government_is_taken() -> None:
    with override_settings(OIDC_ISSUER="https://10.66.4.9", OIDC_HOSTS=["idp.gov.example"]):
        assert "huhang.E014" not in {one.id for one in nothing_weak(None)}
        assert checked("https://10.66.4.9/token").hostname == "10.66.4.9"
