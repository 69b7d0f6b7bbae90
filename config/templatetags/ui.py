"""Filters and tags of the shell: times, icons, citations, navigation."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import Role
from config import charts, nav
from config import law as laws
from workflow import words

register = template.Library()

DANGER_TONES = {
    "high": ("high", "danger"),
    "medium": ("soon", "diamond"),
    "low": ("done", "circle"),
    "undetermined": ("unknown", "question"),
    "not_applicable": ("", "minus"),
}
DANGER_WORDS = {
    "high": _("High danger"),
    "medium": _("Medium danger"),
    "low": _("Low danger"),
    "undetermined": _("Danger not assessed"),
    "not_applicable": _("Danger scale does not apply"),
}
HIDDEN = "<5"
TONE_ICONS = {
    "active": "half",
    "done": "check",
    "soon": "clock",
    "danger": "danger",
    "high": "danger",
    "unknown": "question",
}


@register.filter
def cn(value: date | datetime | None) -> str:
    """2026年3月5日 14:30 for a moment, 2026年3月5日 for a date, nothing for nothing."""
    if value is None:
        return ""
    return words.minute_words(value) if isinstance(value, datetime) else words.day_words(value)


@register.filter
def cnday(value: date | datetime | None) -> str:
    return words.day_words(value) if value else ""


@register.filter
def left(due: datetime | None, now: datetime | None = None) -> str:
    """还剩 5 小时, or 已超 2 小时 10 分. `now` may be given; the clock of the wall is the default."""
    return words.left_words(due, now or timezone.now()) if due else ""


@register.filter
def iso(value: datetime | None) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else ""


@register.simple_tag
def when(thing: Any) -> str:
    """The interval of a When or of a record with happened_from, happened_to and precision, in words."""
    return words.interval_words(*words.interval_of(thing))


@register.simple_tag
def icon(name: str, label: str = "", solid: bool = False) -> SafeString:
    """A drawing from our sprite. Without a label it is decoration and hidden from screen readers."""
    css = "icon icon-solid" if solid else "icon"
    href = f"{static('img/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, href
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, href)


def _citation(rule: laws.Rule) -> SafeString:
    title = f"{laws.BINDING[rule.binding]} · {rule.gist}"
    css = {"hard": "law", "soft": "law law-soft", "policy": "law law-policy"}[rule.look]
    return format_html('<abbr class="{}" title="{}">{}{}</abbr>', css, title, rule.prefix, rule.cite)


@register.simple_tag
def law(rule_ids: str) -> SafeString:
    """Short citation chips for rule ids ("W05", "A16, W14"); text that is no id stands as a plain chip."""
    if not rule_ids:
        return SafeString("")
    found = laws.find(rule_ids)
    if not found:
        return format_html('<span class="law law-soft">{}</span>', rule_ids)
    return format_html_join(" ", "{}", ((_citation(rule),) for rule in found))


@register.inclusion_tag("ui/law_note.html")
def law_note(rule_ids: str) -> dict[str, object]:
    """The same as `law`, opening to what the rule says: for pages where there is room."""
    return {"rules": [(rule, laws.BINDING[rule.binding]) for rule in laws.find(rule_ids or "")]}


@register.simple_tag
def clock_basis(rule_ids: str, policy: bool) -> dict[str, object]:
    """On what a time limit rests: `word`, and whether it may look like law. A handbook is no law, nor is a house target."""
    if policy:
        return {"word": laws.HOUSE, "soft": True}
    binding = laws.strongest(rule_ids or "")
    return {"word": laws.BASIS.get(binding, laws.SET_BY_LAW), "soft": binding in laws.SOFT}


@register.simple_tag(takes_context=True)
def nav_items(context: Context, actor: Actor | None) -> list[nav.NavItem]:
    request = context.get("request")
    if actor is None:
        return []
    return nav.items(str(actor.role), request.path if request else "", str(actor.kind))


@register.filter
def folded(links: list[nav.NavItem]) -> list[nav.NavItem]:
    """What stands under "More" in the bar."""
    return [link for link in links if link.more]


@register.filter
def role_label(role: str) -> str:
    return str(Role(role).label) if role in Role.values else ""


@register.inclusion_tag("ui/tag.html")
def tag(word: object, tone: str = "", shape: str = "") -> dict[str, object]:
    """A state in a word and a shape. Tones: active, done, soon, danger, high, unknown, or none."""
    return {"word": word, "tone": tone, "shape": shape}


@register.filter
def danger_word(level: str) -> str:
    return str(DANGER_WORDS.get(level, DANGER_WORDS["undetermined"]))


@register.inclusion_tag("ui/tag.html")
def danger_tag(level: str, word: object = "") -> dict[str, object]:
    """The level of danger: low, medium, high, undetermined, not_applicable."""
    tone, shape = DANGER_TONES.get(level, DANGER_TONES["undetermined"])
    return {"word": word or danger_word(level), "tone": tone, "shape": shape}


@register.filter
def tone_icon(tone: str, shape: str = "") -> str:
    return shape or TONE_ICONS.get(tone, "circle")


@register.inclusion_tag("ui/meter.html")
def meter(score: int, of: int, level: str, flags: int = 0) -> dict[str, object]:
    """The danger scale as cells: `score` of `of` items answered yes, and how many special items."""
    cells = [{"x": place * 20 + 1, "on": place < score} for place in range(of)]
    numbers = {"score": score, "of": of, "flags": flags, "width": of * 20}
    return {"cells": cells, "level": level, "word": danger_word(level), **numbers}


@register.inclusion_tag("ui/chart_bar.html")
def chart_bar(rows: Iterable[charts.Row], title: object, **more: object) -> dict[str, object]:
    """Bars with direct numbers and a table under them. A row is (label, value); None is a hidden cell.

    `more`: note, unit, label_head, value_head, definition (what is counted), hidden (the mark of a hidden cell).
    """
    return {"title": title, "chart": charts.bar_chart(rows, str(more.pop("hidden", HIDDEN))), **more}
