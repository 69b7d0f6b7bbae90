"""Codes of six digits from an app: RFC 6238 with SHA-1 and half minutes, which is what every app can do."""

import base64
import secrets
from datetime import datetime

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agencies.actor import SYSTEM
from agencies.models import CodeApp, User
from privacy.audit import Purpose
from privacy.reading import reveal

STEP, DIGITS = 30, 6
# A telephone's clock may be half a minute off, either way.
AROUND = (0, -1, 1)


def new_app(user: User, name: str) -> tuple[CodeApp, str]:
    """A new app, not confirmed yet, and its key as it is typed. What was begun before is dropped."""
    CodeApp.objects.filter(user=user, confirmed_at=None).delete()
    seed = base64.b32encode(secrets.token_bytes(20)).decode()
    return CodeApp.objects.create(user=user, name=name, seed=seed), seed


def waiting_app(user: User) -> tuple[CodeApp, str] | None:
    """The app whose first code has not come yet, with its key."""
    app = CodeApp.objects.filter(user=user, confirmed_at=None).first()
    return (app, seed_of(app)) if app else None


def seed_of(app: CodeApp) -> str:
    return str(reveal(app, "seed", actor=SYSTEM, purpose=Purpose.SYSTEM)["seed"])


def accepts(app: CodeApp, code: str, now: datetime) -> bool:
    """Whether the app shows this code now; whoever comes second with the same code, or an older one, is refused."""
    if not (code.isascii() and code.isdigit() and len(code) == DIGITS):
        return False
    step = _step_of(seed_of(app), code, now)
    fresh = Q(pk=app.pk, last_step__lt=step)
    return bool(step and CodeApp.objects.filter(fresh).update(last_step=step, used_at=now))


def _step_of(seed: str, code: str, now: datetime) -> int:
    generator = _generator(seed)
    for around in AROUND:
        step = int(now.timestamp()) // STEP + around
        if secrets.compare_digest(generator.generate(step * STEP), code.encode()):
            return step
    return 0


def _generator(seed: str) -> TOTP:
    return TOTP(base64.b32decode(seed), DIGITS, SHA1(), STEP)  # noqa: S303


def code_at(seed: str, now: datetime) -> str:
    """What the app shows."""
    return _generator(seed).generate(int(now.timestamp())).decode()


def picture(user: User, seed: str) -> SafeString:
    """The key as a QR code, drawn in the page itself: it is in no file and no address."""
    address = _generator(seed).get_provisioning_uri(user.username, _("Huhang"))
    drawn = segno.make(address, error="m").svg_inline(
        scale=5, border=4, light="#fff", dark="#000", omitsize=False
    )
    return mark_safe(drawn)  # noqa: S308  # drawn here, of digits and lines only


def typed_key(seed: str) -> str:
    """In groups of four, for typing."""
    return " ".join(seed[i : i + 4] for i in range(0, len(seed), 4))
