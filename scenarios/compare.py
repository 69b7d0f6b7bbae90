"""What a performed case became, set against what its file expects. What cannot be compared is said, not skipped."""

import re
from collections.abc import Callable
from typing import Any

from casework.codes import Danger
from scenarios.tally import Outcome, danger_level
from scenarios.words import answers

Tokens = dict[str, Callable[[dict[str, int]], bool]]
ORDER_TOKENS: Tokens = {
    "none": lambda o: not o["file"], "granted": lambda o: o["grant"] > 0, "dismissed": lambda o: o["dismiss"] > 0,
    "extended": lambda o: o["extend"] > 0, "varied": lambda o: o["vary"] > 0, "violated": lambda o: o["breach"] > 0,
    "withdrawn": lambda o: o["withdraw"] > 0, "complied": lambda o: o["grant"] > 0 and not o["breach"],
    "applied": lambda o: o["file"] > 0, "revoked": lambda o: o["revoke"] > 0, "lapsed": lambda o: o["lapse"] > 0,
}  # fmt: skip
SHELTER_TOKENS: Tokens = {
    "none": lambda o: not o["stays"], "admitted": lambda o: o["stays"] > 0, "extended": lambda o: o["longer"] > 0,
    "left": lambda o: o["left"] > 0,
}  # fmt: skip
LETTER_TOKENS: Tokens = {
    "none": lambda o: not o["letters"], "issued": lambda o: o["letters"] > 0, "violated": lambda o: o["relapses"] > 0,
}  # fmt: skip
CRIME_TOKENS: Tokens = {
    "none": lambda o: not o["tracks"], "pending": lambda o: o["open"] > 0, "prosecuted": lambda o: o["prosecuted"] > 0,
    "convicted": lambda o: o["convicted"] > 0,
}  # fmt: skip
REPORT_TOKENS: Tokens = {
    "none": lambda o: not (o["made"] or o["missed"]), "made": lambda o: o["made"] > 0, "missed": lambda o: o["missed"] > 0,
}  # fmt: skip
GUARDIANSHIP_TOKENS: Tokens = {
    "none": lambda o: not o["guardianship_revoked"], "revoked": lambda o: o["guardianship_revoked"] > 0,
}  # fmt: skip
OTHER_ROOMS = ("divorce", "public_interest")


def compare(outcome: Outcome) -> list[str]:
    """Differences, a line each; empty if all that can be compared agrees. Adds what cannot be to `not_yet`."""
    expected = outcome.scenario.part("expected")
    found = _stats(outcome, expected.get("stats") or {})
    found += _clocks(outcome)
    found += _danger(outcome)
    found += _states(outcome, expected.get("final_state") or {})
    return found


def _stats(outcome: Outcome, expected: dict[str, Any]) -> list[str]:
    found = []
    for name, value in expected.items():
        got = outcome.stats.get(name)
        if name not in outcome.stats:
            outcome.not_yet.setdefault("statistics", []).append(f"{name}: no such count")
        elif not _same(name, value, got):
            found.append(f"stats.{name}: expected {value!r}, got {got!r}")
    return found


def _same(name: str, expected: object, got: object) -> bool:
    if name == "proxy":  # no proxy question and no proxy are the same in the records
        return (expected in (None, "none", "unknown") and got is None) or expected == got
    if isinstance(expected, bool):
        expected = "yes" if expected else "no"
    return str(expected) == str(got)


def _clocks(outcome: Outcome) -> list[str]:
    found = []
    for row in outcome.scenario.rows("clocks"):
        clock, expected = str(row.get("id")), str(row.get("status"))
        got = outcome.clocks.get(clock, "unknown")
        if got in ("no_room", "no_such_clock"):
            outcome.not_yet.setdefault("clocks", []).append(f"{clock}: {got}, expected {expected}")
        elif got != expected:
            found.append(f"clock {clock}: expected {expected}, got {got}")
    return found


def _danger(outcome: Outcome) -> list[str]:
    scale = outcome.scenario.part("danger_scale")
    if not scale.get("applicable") or not scale.get("level_from_text"):
        return []
    expected, got = scale["level_from_text"], danger_level(outcome.case)
    # With answers missing, the format says "undetermined" up to five of them; the product says "at least medium" from four.
    agrees = got == expected or (expected == "undetermined" and got == Danger.MEDIUM and unanswered(scale))
    return [] if agrees else [f"danger: expected {expected}, got {got}"]


def unanswered(scale: dict[str, Any]) -> bool:
    return "unknown" in answers(scale).values()


def _states(outcome: Outcome, expected: dict[str, Any]) -> list[str]:
    found = []
    for name, tokens, facts in (
        ("order", ORDER_TOKENS, _order_facts(outcome)), ("warning_letter", LETTER_TOKENS, _letter_facts(outcome)),
        ("shelter", SHELTER_TOKENS, _shelter_facts(outcome)),
        ("criminal", CRIME_TOKENS, _crime_facts(outcome)),
        ("mandatory_report", REPORT_TOKENS, _report_facts(outcome)), ("guardianship", GUARDIANSHIP_TOKENS, outcome.stats),
    ):  # fmt: skip
        text = str(expected.get(name) or "")
        words = re.findall(r"[a-z]+", re.sub(r"\(.*?\)", "", text.lower()).replace("_", " "))
        known = [word for word in words if word in tokens]
        if text and not known:
            outcome.not_yet.setdefault("states", []).append(
                f"{name}: {text!r} is not a word the product compares"
            )
        found += [
            f"final_state.{name}: expected {text!r}, the product has no “{w}”"
            for w in known[:1]
            if not tokens[w](facts)
        ]
    for name in OTHER_ROOMS:
        if (text := str(expected.get(name) or "none")) and not text.startswith("none"):
            outcome.not_yet.setdefault("states", []).append(f"{name}: {text}")
    return found


def _order_facts(outcome: Outcome) -> dict[str, int]:
    stats, states = outcome.stats, outcome.states["orders"]
    return {
        "file": stats["order_applied"], "grant": stats["order_granted"], "dismiss": stats["order_dismissed"],
        "extend": stats["order_extended"], "vary": stats["order_varied"], "breach": stats["order_violated"],
        "withdraw": sum(state in ("withdrawn", "deemed_withdrawn", "terminated") for state in states),
        "revoke": states.count("revoked"), "lapse": states.count("lapsed") + states.count("fed_back"),
    }  # fmt: skip


def _shelter_facts(outcome: Outcome) -> dict[str, int]:
    states = outcome.states["stays"]
    return {
        "stays": outcome.stats["shelter_stays"], "longer": states.count("longer"),
        "left": sum(state in ("left", "handed_over") for state in states),
    }  # fmt: skip


def _report_facts(outcome: Outcome) -> dict[str, int]:
    return {name: outcome.stats[f"mandatory_report_{name}"] for name in ("made", "missed")}


def _letter_facts(outcome: Outcome) -> dict[str, int]:
    return {
        "letters": outcome.stats["warning_letters"],
        "relapses": outcome.states["letters"].count("relapsed"),
    }


def _crime_facts(outcome: Outcome) -> dict[str, int]:
    states = outcome.states["crimes"]
    return {
        "tracks": len(states), "open": sum(state in ("reported", "filed", "transferred", "prosecuted") for state in states),
        "prosecuted": states.count("prosecuted"), "convicted": states.count("convicted"),
    }  # fmt: skip
