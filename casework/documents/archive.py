"""The story of a case on paper, and the index of its pack."""

from pathlib import Path
from typing import Any

from casework.documents.facts import Facts
from casework.documents.own import case_facts
from casework.models import Archive, Case
from casework.paper.literal import when
from casework.paper.reader import Reader
from casework.timeline import Entry, timeline


def closing_facts(case: Case) -> Facts:
    return case_facts(case) | {
        "closed": case.closed_at,
        "closing": case.get_closing_reason_display() if case.closing_reason else "",
    }


def story(case: Case, reader: Reader) -> Facts:
    """The earliest first. Details of events are opened, accounts of violence stand in the intake form."""
    dated, undated = timeline(case)
    events = [entry.obj for entry in (*dated, *undated) if entry.source == "happening"]
    opened = dict(zip((row.pk for row in events), reader.open_all(events, "details"), strict=True))

    def facts(entry: Entry) -> Facts:
        details: Any = opened.get(entry.obj.pk, {}).get("details")
        return {
            "when": when(entry.when),
            "title": entry.title,
            "note": details or entry.note,
            "who": entry.who,
        }

    return {
        "case": closing_facts(case),
        "entries": [facts(entry) for entry in reversed(dated)],
        "undated": [facts(entry) for entry in undated],
    }


def index(archive: Archive, files: list[Facts]) -> Facts:
    return {
        "case": closing_facts(archive.case),
        "by": archive.posting.user.display_name,
        "count": len(files),
        "files": files,
    }


INDEX = Path(__file__).with_name("archive.yaml")
