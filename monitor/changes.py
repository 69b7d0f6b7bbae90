"""What one version of the dictionary's file says otherwise than another, as rows for a page."""

from collections.abc import Mapping
from typing import Any

import yaml


def changes(before: str, after: str) -> list[tuple[str, str, str, str]]:
    """(code, what, before, after), targets first, in the order of their codes; new and dropped ones in one row each."""
    old, new = _entries(before), _entries(after)
    found: list[tuple[str, str, str, str]] = []
    for code in sorted(old.keys() | new.keys()):
        was, now = old.get(code), new.get(code)
        if was is None or now is None:
            found.append((code, "", _name(was), _name(now)))
            continue
        names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
        found += [(code, name, _said(was.get(name)), _said(now.get(name))) for name in names]
    return found


def _entries(text: str) -> dict[str, Mapping[str, Any]]:
    data = yaml.load(text, Loader=yaml.CSafeLoader) if text else {}
    return {**data.get("targets", {}), **data.get("indicators", {})} if data else {}


def _name(entry: Mapping[str, Any] | None) -> str:
    return str(entry["zh"]) if entry else ""


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return "；".join(f"{key} {_said(part)}" for key, part in value.items())
    return "" if value is None else str(value)
