"""In what the casework indicators are counted."""

from django.utils.translation import pgettext_lazy as p_

UNITS = {
    "percent": p_("unit of count", "%"),
    "hours": p_("unit of count", "hours"),
    "nights": p_("unit of count", "nights"),
    "yuan": p_("unit of count", "yuan"),
    "people": p_("unit of count", "people"),
    "households": p_("unit of count", "households"),
    "letters": p_("unit of count", "letters"),
    "orders": p_("unit of count", "orders"),
    "calls": p_("unit of count", "calls"),
    **dict.fromkeys(("alarms", "breaches", "visits", "rounds", "stays", "sessions", "talks", "meetings", "inspections", "events"),
                    p_("unit of count", "times")),
    **dict.fromkeys(("applications", "decisions", "reports", "cases", "referrals", "requests", "clues", "disputes", "bulletins"),
                    p_("unit of count", "cases")),
}  # fmt: skip
