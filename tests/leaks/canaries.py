"""Marks that stand in every personal field, and how they would look in whatever encoding they got out."""

import base64
import json
import math
import os
import subprocess
from collections.abc import Iterator
from functools import cache
from tempfile import NamedTemporaryFile
from urllib.parse import quote

from pypinyin import lazy_pinyin

MARK = "霁璎珞旻"  # begins every text; no other word of the product holds it
NUMBER = "1397531086"  # begins every telephone number
ID = "110101198706140026"
SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def text(number: int) -> str:
    """Another one for each number up to some ten thousand."""
    base = len(SIGNS)
    return MARK + "".join(SIGNS[number // base**place % base] for place in (2, 1, 0))


def phone(number: int) -> str:
    return f"{NUMBER}{number % 10}"


def _written(mark: str) -> dict[str, bytes]:
    escaped = json.dumps(mark)[1:-1]
    return {
        "utf-8": mark.encode(),
        "gb18030": mark.encode("gb18030"),
        "utf-16le": mark.encode("utf-16-le"),
        "utf-16be": mark.encode("utf-16-be"),
        "escaped": escaped.encode(),
        "escaped twice": escaped.replace("\\", "\\\\").encode(),
        "percent": quote(mark).encode(),
        "entities": "".join(f"&#{ord(one)};" for one in mark).encode(),
        "bytes": repr(mark.encode())[2:-1].encode(),
    }


def _base64(raw: bytes, shift: int) -> bytes:
    """The letters that depend on `raw` alone, when it begins `shift` bytes after a boundary."""
    letters = base64.b64encode(bytes(shift) + raw + bytes(3))
    return letters[math.ceil(shift * 8 / 6) : (shift + len(raw)) * 8 // 6]


def _forms(mark: str) -> Iterator[tuple[str, bytes]]:
    for name, raw in _written(mark).items():
        yield name, raw
        yield f"hex of {name}", raw.hex().encode()
        yield f"HEX of {name}", raw.hex().upper().encode()
        for shift in range(3):
            letters = _base64(raw, shift)
            yield f"base64+{shift} of {name}", letters
            yield f"base64url+{shift} of {name}", letters.replace(b"+", b"-").replace(b"/", b"_")


@cache
def patterns() -> dict[bytes, str]:
    """pattern -> its name; the same bytes once."""
    found = {raw: f"{mark}: {name}" for mark in (MARK, NUMBER, ID) for name, raw in _forms(mark)}
    syllables = lazy_pinyin(MARK)
    return found | {sign.join(syllables).encode(): f"{MARK}: pinyin" for sign in ("", " ", "-", "_", "%20")}


def _none_in(blob: bytes) -> bool:
    """All patterns in one pass: grep makes one automaton of them. Letter case aside, so it finds rather too much."""
    env = {"LC_ALL": "C", "PATH": os.environ["PATH"]}
    with NamedTemporaryFile(dir="/tmp", prefix="huhang-marks-") as wanted:
        wanted.write(b"\n".join(patterns()))
        wanted.flush()
        done = subprocess.run(["grep", "-qaiF", "-f", wanted.name], input=blob, env=env, check=False)
    assert done.returncode in {0, 1}
    return done.returncode == 1


LARGE = 200_000  # below, starting a process costs more than looking


def found_in(blob: bytes) -> list[str]:
    """The marks in these bytes, by name, with what stands around the first."""
    if len(blob) > LARGE and _none_in(blob):
        return []
    folded = blob.lower()
    names = []
    for pattern, name in patterns().items():
        place = folded if name.endswith("pinyin") else blob
        at = place.find(pattern)
        if at >= 0:
            names.append(f"{name} at {at}: {place[max(0, at - 80) : at + 60]!r}")
    return names
