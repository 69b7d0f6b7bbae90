"""What a supervisor reads: one stored release as sections of tables. Page, CSV and XLSX are made of the same lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from indicators.casework import figure, indicators
from indicators.dimensions import TOWN, Dimension
from indicators.figures import CLOCK_FIGURES, Text
from indicators.layout import VERDICTS, listed_clocks, owner_codes, owner_labels
from indicators.menu import TOWN_GROUP, menu, name
from indicators.models import Release
from indicators.published import rate
from indicators.towns import ELSEWHERE
from indicators.units import UNITS

BY_TOWNS = p_("statistics", "Group of towns")
ALL_BODIES = p_("statistics", "All bodies")
WATCHED = p_("statistics", "On the watch list at the end of the year")
WITHHELD_TEXT = {
    "withheld": p_("statistics", "withheld"),
    "not_recorded": p_("statistics", "not yet recorded"),
    "not_due": p_("statistics", "with the whole year"),
}
FUNNEL = (
    "story_opened",
    "story_first_action",
    "story_assessed",
    "story_informed",
    "story_asked",
    "story_given",
    "story_visited",
)
Charts = tuple[tuple[Text, Text, tuple[str, ...]], ...]
# Section -> its charts: title, what to mind, figures.
SECTIONS: tuple[tuple[Text, Charts], ...] = (
    (_("From alarm to measure"), (
        (_("How far the cases came"), _("Cases of domestic violence opened in the year."), FUNNEL),
        (_("The gap before a warning letter"), _("What was asked for in one year may be decided in the next."),
         ("letters_asked", "letters_issued", "letters_criticised", "letters_refused", "letters_penalised",
          "letters_prosecuted", "letters_served", "letters_taught")),
    )),
    (_("What gets lost, and what comes back"), (
        (_("Referrals without an answer"), _("Between what was sent and what was answered, help gets lost."),
         ("referrals_sent", "referrals_heard", "referrals_refused", "referrals_done")),
        (_("Violence that came back"), _("After a closing (cases of the year before), a letter or an order."),
         ("story_closed", "story_again_6", "story_again_12", "letters_broken", "orders_breached", "breaches_told",
          "orders_sanctioned")),
    )),
    (_("Work done"), (
        (_("Calls, cases and visits"), _("Of the whole federation. Nobody is counted or compared by person."),
         ("calls_answered", "calls_ended", "cases_opened", "cases_closed", "visits_done", "visits_missed")),
        (_("Protection, shelter and work with perpetrators"), "",
         ("orders_filed", "orders_granted", "shelter_taken_in", "reports_made", "sessions_held", "homes_checked",
          "petitions_concluded", "demands_sent")),
    )),
)  # fmt: skip
# Section -> the figures whose breakdowns it shows; together all that the menu breaks down.
BROKEN_DOWN: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (_("Who came, and how"), ("cases_opened", "calls_ended", "referrals_sent")),
    (_("What was done, and how it ended"),
     ("cases_closed", "letters_issued", "orders_granted", "visits_done", "reports_made", "sessions_held", "petitions_received")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """`texts`: as they stand on the page and in the file. `value`: for a bar; None is hidden."""

    label: Text
    texts: tuple[str, ...]
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """One table, drawn as bars where that helps."""

    title: Text
    head: tuple[Text, ...]
    lines: list[Line]
    drawn: bool = False
    note: Text = ""
    definitions: Sequence[tuple[Text, Text]] = ()

    @property
    def bars(self) -> list[tuple[Text, int | None, str]]:
        return [(line.label, line.value, line.texts[0]) for line in self.lines]


@dataclass(frozen=True, slots=True)
class Section:
    title: Text
    panels: list[Panel]

    @property
    def drawn(self) -> bool:
        return self.panels[0].drawn


@dataclass(frozen=True, slots=True)
class Board:
    """A release and all that is shown of it."""

    release: Release

    @property
    def year(self) -> int:
        return int(self.release.period)

    @property
    def is_whole(self) -> bool:
        return len(self.release.rules["quarters"]) == 4

    @property
    def sections(self) -> list[Section]:
        found = [
            Section(title, [one for chart in charts for one in self._totals(*chart)])
            for title, charts in SECTIONS
        ]
        found.insert(1, Section(_("Clocks kept and missed"), self._clocks()))
        found += [
            Section(title, [one for key in keys for one in self._breakdowns(key)])
            for title, keys in BROKEN_DOWN
        ]
        found.append(Section(_("Quarter by quarter"), self._quarters()))
        found.append(Section(_("Casework indicators of the plan"), [self._indicators()]))
        return [one for one in found if one.panels]

    def text(self, cell: str) -> str:
        value = self.release.cells[cell]
        return f"<{self.release.rules['limits'][cell]}" if value is None else str(value)

    def _line(self, label: Text, cell: str) -> Line:
        return Line(label, (self.text(cell),), self.release.cells[cell])

    def _total(self, key: str) -> str:
        """Where the year of a figure stands, if this release has it."""
        table = menu().tables[key]
        cell = name(key, self.year - table.lag)
        return cell if cell in self.release.cells else ""

    def _totals(self, title: Text, note: Text, keys: Iterable[str]) -> list[Panel]:
        known = [key for key in keys if self._total(key)]
        if not known:
            return []
        lines = [self._line(label_of(key), self._total(key)) for key in known]
        definitions = [(label_of(key), counts_of(key)) for key in known]
        return [Panel(title, (p_("statistics", "Count"),), lines, True, note, definitions)]

    def _clocks(self) -> list[Panel]:
        found = []
        for one in CLOCK_FIGURES.values():
            owners = [("", ALL_BODIES)] + [
                (code, owner_labels()[code]) for code in owner_codes(listed_clocks(statutory=one.statutory))
            ]
            lines = [line for code, label in owners if (line := self._clock_line(one.key, code, label))]
            head = (*(label for _code, label in VERDICTS), p_("statistics", "Share kept"))
            if lines:
                found.append(Panel(one.label, head, lines, definitions=[(one.label, one.counts)]))
        return found

    def _clock_line(self, key: str, owner: str, label: Text) -> Line | None:
        cells = [
            name(f"{key}:{verdict}", self.year, "owner" if owner else "", owner)
            for verdict, _label in VERDICTS
        ]
        if any(cell not in self.release.cells for cell in cells):
            return None
        share = rate(self.release.cells[cells[0]], self.release.cells[cells[1]])
        return Line(
            label,
            (*(self.text(cell) for cell in cells), f"{share}%" if share else str(WITHHELD_TEXT["withheld"])),
        )

    def _breakdowns(self, key: str) -> list[Panel]:
        dimensions = menu().tables[key].dimensions
        found = [panel for dimension in dimensions if (panel := self._breakdown(key, dimension))]
        return found + self._towns(key)

    def _towns(self, key: str) -> list[Panel]:
        """By the groups of towns the release was made by."""
        groups = [(one["name"], one["code"]) for one in self.release.rules.get("town_groups", ())]
        named = [*groups, (TOWN.rest, ELSEWHERE)]
        cells = [(label, name(key, self.year, TOWN_GROUP, code)) for label, code in named]
        lines = [self._line(label, cell) for label, cell in cells if cell in self.release.cells]
        if not lines:
            return []
        title = f"{label_of(key)} · {BY_TOWNS}"
        return [
            Panel(title, (p_("statistics", "Count"),), lines, True, "", [(label_of(key), counts_of(key))])
        ]

    def _breakdown(self, key: str, dimension: Dimension) -> Panel | None:
        cells = [
            (group.label, name(key, self.year, dimension.key, group.code)) for group in dimension.all_groups()
        ]
        lines = [self._line(label, cell) for label, cell in cells if cell in self.release.cells]
        note = _("One case can stand in several rows.") if dimension.many else ""
        title = f"{label_of(key)} · {dimension.label}"
        definitions = [(label_of(key), counts_of(key))]
        return Panel(title, (p_("statistics", "Count"),), lines, True, note, definitions) if lines else None

    def _quarters(self) -> list[Panel]:
        """One table: figures down, closed quarters across."""
        quarters = self.release.rules["quarters"]
        keys = [table.series for table in menu().tables.values() if table.has_quarters]
        lines = []
        for key in keys:
            cells = [name(key, f"{self.year}Q{quarter}") for quarter in quarters]
            if all(cell in self.release.cells for cell in cells):
                lines.append(Line(label_of(key), tuple(self.text(cell) for cell in cells)))
        head = tuple(_("Quarter %(n)s") % {"n": quarter} for quarter in quarters)
        definitions = [(label_of(key), counts_of(key)) for key in keys]
        return [Panel(_("Quarter by quarter"), head, lines, definitions=definitions)] if lines else []

    def _indicators(self) -> Panel:
        states = {(row["id"], row["part"]): row for row in self.release.indicators}
        lines, definitions = [], []
        for one in indicators():
            for part in one.parts:
                row = states.get((one.id, part.key))
                if row is None:
                    continue
                label = f"{one.id} {one.label}" + (f" · {part.label}" if part.names != one.names else "")
                text = row["value"] if row["state"] == "number" else str(WITHHELD_TEXT[row["state"]])
                unit = str(UNITS[row["unit"]])
                lines.append(Line(label, (text, unit)))
                if "over" in row and row["state"] == "withheld":
                    label_over = _("%(what)s, %(years)s together") % {
                        "what": label, "years": row["over"].replace("-", "–"),
                    }  # fmt: skip
                    over = row["value_over"] or str(WITHHELD_TEXT["withheld"])
                    lines.append(Line(label_over, (over, unit)))
                definitions.append((label, meaning_of(one.id, part.key)))
        head = (p_("statistics", "Value"), p_("statistics", "Unit"))
        return Panel(_("Casework indicators of the plan"), head, lines, definitions=definitions)


def label_of(key: str) -> Text:
    return WATCHED if menu().tables[key].plus else figure(key).label


def counts_of(key: str) -> Text:
    return WATCHED if menu().tables[key].plus else figure(key).counts


def meaning_of(indicator: str, key: str) -> str:
    """A part of an indicator in words: its figures, its clocks, its note."""
    part = next(part for one in indicators() if one.id == indicator for part in one.parts if part.key == key)
    if part.awaits:
        return str(_("Waits for: %(what)s") % {"what": part.awaited})
    if part.register:
        return str(_("From the register of events, those against domestic violence."))
    named = [key for terms, keys in part.terms.items() if terms != "clocks" for key in keys]
    texts = [str(figure(key).counts) for key in dict.fromkeys(named)]
    if "clocks" in part.terms:
        texts.append(str(_("Clocks kept, of those kept or missed.")))
    return " ".join([*texts, part.remark]).strip()
