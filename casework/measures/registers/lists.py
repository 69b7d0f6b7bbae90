"""What there is of registers, and how one is listed: codes in the address, what is looked for by POST only."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.models import Area
from casework.codes import Language
from casework.measures.registers import codes as c
from casework.measures.registers import forms
from casework.measures.registers.models import Entry, Event, Expert, MonthRecord, Unit
from casework.measures.registers.selectors import listed

PAGE = 50
Text = str | Promise
Choices = list[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Register:
    key: str
    model: type[Entry]
    form: type[forms.EntryForm]
    title: Text
    add: Text
    hint: Text
    law: str
    filters: dict[str, tuple[Text, Choices]] = field(default_factory=dict)

    @property
    def row_template(self) -> str:
        return f"registers/_{self.key}.html"


KIND, TOPIC = p_("register", "Kind"), p_("register", "Subject")
REGISTERS = {
    register.key: register
    for register in (
        Register(
            "events", Event, forms.EventForm, p_("register", "Training, publicity, legal education"),
            p_("register", "Enter an event"),
            p_("register", "Every event with its attendance by sex; the statistics count from here."), "A07",
            {"kind": (KIND, list(c.EventKind.choices)), "topic": (TOPIC, list(c.Topic.choices))},
        ),
        Register(
            "units", Unit, forms.UnitForm, p_("register", "Units against sexual harassment"),
            p_("register", "Enter a unit"),
            p_("register", "Which units have a mechanism against sexual harassment, and which have none yet."), "L06 L04",
            {
                "kind": (KIND, list(c.UnitKind.choices)),
                "mechanism": (
                    p_("register", "Mechanism"),
                    [("yes", p_("register", "Set up")), ("no", p_("register", "None yet"))],
                ),
            },
        ),
        Register(
            "experts", Expert, forms.ExpertForm, p_("register", "Experts and lawyers"), p_("register", "Enter an expert"),
            p_("register", "Who can be asked for help with a case. Own numbers are sealed."), "",
            {
                "kind": (p_("register", "Profession"), list(c.ExpertKind.choices)),
                "field": (p_("register", "Field"), list(c.Topic.choices)),
                "language": (p_("register", "Language"), list(Language.choices)),
            },
        ),
        Register(
            "months", MonthRecord, forms.MonthForm, p_("register", "Monthly records"), p_("register", "Enter a month"),
            p_("register", "Beds, incoming calls and answers of callers by month; the statistics count from here."), "",
        ),
    )
}  # fmt: skip


@dataclass
class Page:
    rows: list[Any]
    count: int
    filters: list[dict[str, Any]]
    chips: list[dict[str, str]]
    clear_url: str = ""
    older_url: str = ""
    newer_url: str = ""


def options(register: Register) -> dict[str, tuple[Text, Choices]]:
    """What may be chosen; the years of events reach back five."""
    towns: Choices = [(area.pk, area.name) for area in Area.objects.all()]
    this = timezone.localdate().year
    years = (p_("register", "Year"), [(str(year), str(year)) for year in range(this, this - 5, -1)])
    if register.model is MonthRecord:
        found: dict[str, tuple[Text, Choices]] = {"of_year": years}
    else:
        found = {**register.filters, "town": (p_("register", "Town"), towns)}
        found |= {"year": years} if register.model is Event else {}
    return found | {
        "off": (p_("register", "Not listed any more"), [("1", p_("register", "Show only these"))])
    }


def page_of(register: Register, actor: Actor, query: dict[str, str], text: str = "") -> Page:
    """One page. A value that is not offered narrows nothing."""
    offered = options(register)
    given = {n: v for n, v in query.items() if n in offered and v in {str(key) for key, _w in offered[n][1]}}
    rows = listed(register.model, actor, given, text)
    number = int(query["page"]) if query.get("page", "").isdecimal() and len(query["page"]) < 5 else 0
    shown = list(rows[number * PAGE : (number + 1) * PAGE + 1])
    return Page(
        rows=shown[:PAGE],
        count=rows.count(),
        filters=[
            {"name": name, "label": label, "choices": choices, "value": given.get(name, "")}
            for name, (label, choices) in offered.items()
        ],
        chips=[_chip(name, given, offered) for name in given],
        clear_url="?" if given else "",
        older_url=_turn(given, number + 1) if len(shown) > PAGE and not text else "",
        newer_url=_turn(given, number - 1) if number and not text else "",
    )


def _turn(given: dict[str, str], number: int) -> str:
    return "?" + urlencode({**given, **({"page": number} if number else {})})


def _chip(name: str, given: dict[str, str], offered: dict[str, tuple[Text, Choices]]) -> dict[str, str]:
    label, choices = offered[name]
    word = {str(key): word for key, word in choices}[given[name]]
    rest = {other: value for other, value in given.items() if other != name}
    return {"label": f"{label}：{word}", "url": "?" + urlencode(rest)}
