"""Verdicts in words: statuses, levels, and every reason a judge may give."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

STATUSES = {
    "reached": p_("target", "Reached"),
    "partly": p_("target", "Reached as far as measurable"),
    "expected": p_("target", "Expected to be reached"),
    "hard": p_("target", "Hard to reach"),
    "open": p_("target", "Not reached yet, no forecast"),
    "not_measurable": p_("target", "Not measurable"),
}
STATUS_TONES = {
    "reached": "done",
    "partly": "active",
    "expected": "active",
    "hard": "danger",
    "open": "soon",
    "not_measurable": "unknown",
}
LEVELS = {
    "red": p_("warning", "Red"),
    "orange": p_("warning", "Orange"),
    "yellow": p_("warning", "Yellow"),
    "alarm": p_("warning", "Swings strongly"),
    "notice": p_("warning", "Swings"),
}
LEVEL_TONES = {"red": "high", "orange": "danger", "yellow": "soon", "alarm": "danger", "notice": "soon"}
REASONS = {
    "no_value": _("No value has been reported."),
    "one_value": _("One value alone has no direction."),
    "no_tolerance": _("The tolerance has not been decided."),
    "no_bound": _("The plan gives no number and the district has not decided one."),
    "no_comparison": _("The value it is compared with is missing for this year."),
    "last_withheld": _("The newest value is withheld: no verdict stands on older ones."),
    "no_parts": _("Values of the single towns or institutions are missing."),
    "context": _("Neither more nor less is good by itself: only swings are watched."),
    "met": _("The last value is on the right side."),
    "unmet": _("The last value does not reach the target yet."),
    "too_few": _("Too few years for a forecast."),
    "too_few_halves": _("Four years are needed to compare how fast it grew."),
    "tiny": _("Fewer than ten stand behind it: nothing is forecast."),
    "tiny_events": _(
        "Fewer than ten events in all the years: reached or not this year, no trend is read from single years."
    ),
    "uncertain": _("The forecast is uncertain."),
    "chance_yellow": _("It will probably be reached and kept by 2030, but not surely."),
    "chance_orange": _("It will rather not be reached by 2030."),
    "chance_red": _("It will hardly be reached by 2030."),
    "moving_away": _("It moves away from the target."),
    "right_way": _("It moves in the right direction."),
    "wrong_way": _("It moves in the wrong direction."),
    "no_way": _("It shows no clear direction."),
    "slope_away": _("More than chance speaks for the wrong direction."),
    "slope_unsure": _("It tends the wrong way, but chance alone may explain it."),
    "slows": _("Growth has become slower."),
    "speeds_up": _("Growth has not become slower."),
    "every": _("Every town or institution reaches it."),
    "not_every": _("Not every town or institution reaches it."),
    "soft": _("The plan only strives for it: a miss warns and does not fail."),
    "small_count": _("Too small a count to be told: the verdict would give it away."),
    "small_same": _(
        "Small counts stand behind it and stay hidden; the verdict is the same for each of them."
    ),
    "small_level": _("Whether it is warned of would give a small count away."),
    "swing_noise": _("The ups and downs are explained by chance alone."),
    "swing_scatter": _("It swings more than chance explains."),
    "swing_jump": _("The last value lies outside what the years before let one expect."),
    "swing_change": _("The last change is unusually large."),
}


def said(reasons: Iterable[str]) -> list[str]:
    return [str(REASONS[one]) for one in reasons]
