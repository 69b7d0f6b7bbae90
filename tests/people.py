"""People for tests: each function gives an Actor with a real account and a real posting behind it."""

from itertools import count
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from agencies import session as sessions
from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency, Area, Posting, User
from agencies.selectors import actor_of
from agencies.sign_in import BACKEND

PASSWORD = "Quiet-river-07"
_numbers = count(1)


def district() -> Area:
    return Area.objects.get_or_create(code="150703", defaults={"name": "扎赉诺尔区"})[0]


def town(name: str = "灵泉镇", code: str = "150703100") -> Area:
    return Area.objects.get_or_create(code=code, defaults={"name": name, "parent": district()})[0]


def an_agency(kind: AgencyKind, name: str, **fields: Any) -> Agency:
    """The agency of this name; the same one when asked again."""
    fields.setdefault("area", district())
    defaults = {"kind": kind, "short_name": name[:24], **fields}
    return Agency.objects.get_or_create(name=name, defaults=defaults)[0]


def superior_federation() -> Agency:
    return an_agency(AgencyKind.FEDERATION, "满洲里市妇女联合会")


def federation(name: str = "扎赉诺尔区妇女联合会") -> Agency:
    return an_agency(AgencyKind.FEDERATION, name, escalates_to=superior_federation())


def another_federation() -> Agency:
    return federation("新巴尔虎右旗妇女联合会")


def police(name: str = "灵泉派出所") -> Agency:
    return an_agency(AgencyKind.POLICE, name)


def court(name: str = "扎赉诺尔区人民法院") -> Agency:
    return an_agency(AgencyKind.COURT, name)


def committee_agency(name: str = "灵泉镇居民委员会") -> Agency:
    return an_agency(AgencyKind.COMMITTEE, name, area=town())


def civil_affairs(name: str = "扎赉诺尔区民政局") -> Agency:
    return an_agency(AgencyKind.CIVIL_AFFAIRS, name)


def justice(name: str = "扎赉诺尔区法律援助中心") -> Agency:
    return an_agency(AgencyKind.JUSTICE, name)


def a_user(username: str = "", *, password: str | None = None, **fields: Any) -> User:
    """An account; without `password` it has none that could be typed (no time is spent on hashing)."""
    username = username or f"user{next(_numbers)}"
    fields.setdefault("display_name", f"工作人员{next(_numbers)}")
    return User.objects.create_user(username, password, **fields)


def a_posting(role: Role, agency: Agency, user: User | None = None, **fields: Any) -> Posting:
    return Posting.objects.create(user=user or a_user(), agency=agency, role=role, **fields)


def an_actor(role: Role, agency: Agency) -> Actor:
    return actor_of(a_posting(role, agency))


def an_operator(agency: Agency | None = None) -> Actor:
    return an_actor(Role.OPERATOR, agency or federation())


def a_caseworker(agency: Agency | None = None) -> Actor:
    return an_actor(Role.CASEWORKER, agency or federation())


def a_lead(agency: Agency | None = None) -> Actor:
    return an_actor(Role.LEAD, agency or federation())


def a_supervisor(agency: Agency | None = None) -> Actor:
    return an_actor(Role.SUPERVISOR, agency or federation())


def an_auditor(agency: Agency | None = None) -> Actor:
    return an_actor(Role.AUDITOR, agency or federation())


def an_administrator(agency: Agency | None = None) -> Actor:
    return an_actor(Role.ADMINISTRATOR, agency or federation())


def a_policeman(agency: Agency | None = None) -> Actor:
    return an_actor(Role.LIAISON, agency or police())


def a_judge(agency: Agency | None = None) -> Actor:
    return an_actor(Role.LIAISON, agency or court())


def a_committee_worker(agency: Agency | None = None) -> Actor:
    return an_actor(Role.LIAISON, agency or committee_agency())


def posting_of(actor: Actor) -> Posting:
    assert actor.posting_id
    return Posting.objects.select_related("user", "agency").get(pk=actor.posting_id)


def signed_in(client: Client, actor: Actor) -> Client:
    """The client with a session of this actor, as sign-in would have left it."""
    posting = posting_of(actor)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(posting.user_id), BACKEND
    session[HASH_SESSION_KEY] = posting.user.get_session_auth_hash()
    sessions.stamp(session, posting.user, timezone.now(), posting)
    sessions.list_open(session, posting.user, timezone.now(), "127.0.0.1", "")
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client
