"""The key-encryption key in a file, behind a command and in a device: the same promises each time."""

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from privacy.errors import KeyRingError, SealError
from privacy.kek_command import CommandKekProvider
from privacy.kek_pkcs11 import Pkcs11KekProvider
from privacy.providers import FileKekProvider, KekProvider, provider
from privacy.suites import AES_256_GCM, SM4_GCM, Suite
from tests.attacks.record import Tried
from tests.privacy import device

KEY, CONTEXT = b"k" * 32, b"purpose key 1"
SERVICE = """
import base64, json, os, sys
from pathlib import Path
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
store, verb = Path(sys.argv[1] + sys.argv[3]), sys.argv[2]
context, data = (base64.b64decode(line) for line in sys.stdin.read().split("\\n")[:2])
keys = json.loads(store.read_text()) if store.exists() else [os.urandom(32).hex()]
if verb == "renew":
    keys.insert(0, os.urandom(32).hex())
if verb == "retire":
    del keys[1:]
store.write_text(json.dumps(keys))
ciphers = [AESGCM(bytes.fromhex(key)) for key in keys]
if verb == "wrap":
    nonce = os.urandom(12)
    print(base64.b64encode(nonce + ciphers[0].encrypt(nonce, data, context)).decode())
if verb == "unwrap":
    for cipher in ciphers:
        try:
            print(base64.b64encode(cipher.decrypt(data[:12], data[12:], context)).decode())
            sys.exit(0)
        except InvalidTag:
            pass
    print("the key is", keys, file=sys.stderr)
    sys.exit(3)
"""


def in_a_file(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.KEY_DIR = tmp_path / "keys"


def behind_a_command(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "service.py").write_text(SERVICE)
    settings.KEK_PROVIDER = "privacy.kek_command.CommandKekProvider"
    settings.KEK_COMMAND = f"{sys.executable} {tmp_path / 'service.py'} {tmp_path / 'store'}"


def in_a_device(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PKCS11_MODULE = device.plug_in(tmp_path, {"huhang": "123456"}, monkeypatch)
    pin = tmp_path / "pin"
    pin.write_text("123456\n")
    pin.chmod(0o400)
    settings.PKCS11_PIN_FILE = str(pin)
    settings.KEK_PROVIDER = "privacy.kek_pkcs11.Pkcs11KekProvider"


Place = Callable[[Path, Settings, pytest.MonkeyPatch], None]
PLACES = [in_a_file, behind_a_command, in_a_device]


@pytest.fixture(params=PLACES, ids=lambda place: place.__name__)
def kek(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> KekProvider:
    request.param(tmp_path, settings, monkeypatch)
    made = provider()
    if request.param is not behind_a_command:
        assert not made.exists()
        made.create()
    return made


def test_what_was_wrapped_unwraps_in_its_context_alone_and_through_a_renewal(kek: KekProvider) -> None:
    first = kek.wrap(KEY, CONTEXT)
    assert (kek.exists(), KEY in first, kek.unwrap(first, CONTEXT)) == (True, False, KEY)
    changed = first[:-1] + bytes([first[-1] ^ 1])
    for bad, context in [(first, b"another"), (changed, CONTEXT), (b"", CONTEXT)]:
        with pytest.raises(SealError):
            kek.unwrap(bad, context)
    kek.renew(AES_256_GCM)
    second = kek.wrap(KEY, CONTEXT)
    assert (kek.unwrap(first, CONTEXT), kek.unwrap(second, CONTEXT), kek.retired()) == (KEY, KEY, 1)
    kek.retire()
    assert kek.unwrap(second, CONTEXT) == KEY
    with pytest.raises(SealError):
        kek.unwrap(first, CONTEXT)


@pytest.mark.parametrize("by", [AES_256_GCM, SM4_GCM], ids=lambda by: by.word)
def test_the_key_file_wraps_under_the_suite_of_its_first_line(
    by: Suite, tmp_path: Path, settings: Settings
) -> None:
    settings.KEY_DIR = tmp_path
    kek = FileKekProvider()
    kek.create()
    kek.renew(by)
    kek.retire()
    text = kek.path.read_text()
    assert (kek.unwrap(kek.wrap(KEY, CONTEXT), CONTEXT), ":" in text) == (KEY, by is SM4_GCM)
    assert (stat.S_IMODE(kek.path.stat().st_mode), [p.name for p in tmp_path.iterdir()]) == (
        0o600,
        ["kek.key"],
    )


def failing(settings: Settings, script: str) -> CommandKekProvider:
    settings.KEK_COMMAND, settings.KEK_TIMEOUT = f"{sys.executable} -c '{script}'", 1.0
    return CommandKekProvider()


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("import time; time.sleep(9)", "did not answer within 1 seconds"),
        ('import sys; sys.exit("the key is 00112233")', "ended with code 1 at unwrap"),
        ('print("no base64!")', "no base64"),
    ],
)
def test_a_key_command_that_fails_is_told_plainly_and_without_its_words(
    script: str, told: str, settings: Settings
) -> None:
    with pytest.raises(KeyRingError, match=told) as caught:
        failing(settings, script).unwrap(b"wrapped", CONTEXT)
    assert ("00112233" in str(caught.value), caught.value.__cause__) == (False, None)


def test_a_key_command_that_is_not_there_is_told(settings: Settings) -> None:
    for words in ("", "/no/such/command"):
        settings.KEK_COMMAND = words
        with pytest.raises(KeyRingError, match="cannot be run"):
            CommandKekProvider().wrap(KEY, CONTEXT)


@pytest.mark.attack("T84")
def test_a_device_with_a_wrong_or_open_pin_is_refused(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    in_a_device(tmp_path, settings, monkeypatch)
    Pkcs11KekProvider().create()
    pin = Path(settings.PKCS11_PIN_FILE)
    answers = []
    for text, mode in [("654321", 0o600), ("123456", 0o644)]:
        pin.chmod(0o600)
        pin.write_text(text)
        pin.chmod(mode)
        with pytest.raises(KeyRingError) as caught:
            Pkcs11KekProvider().wrap(KEY, CONTEXT)
        answers.append(text in str(caught.value))
    tried(request="PIN wrong; PIN file 0644", actor="host", expected=[False, False], got=answers)
