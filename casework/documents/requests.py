"""Answers to a person who asks about her own data (D09). One paper opens one row, so it cannot say anything of another."""

from typing import Any

from casework.documents.facts import Facts, person_facts
from casework.models import Case, Person
from casework.opened import REFUSED, openings_of
from casework.paper.reader import Reader


def opened(case: Case, reader: Reader) -> Facts:
    """Her sheet: nothing sealed is opened for it."""
    rows = [
        {
            "day": one.day,
            "who": f"{one.body} {one.post}",
            "what": str(REFUSED) if one.refused else "、".join(str(word) for word in (one.done, *one.what)),
            "why": one.purpose,
        }
        for one in openings_of(case)
    ]
    return {"reference": case.reference, "opened": case.created_at, "rows": rows}


def own_data(person: Person, reader: Reader) -> Facts:
    """What is recorded of this one person; no remark, which others told, and no relation to anybody."""
    return {"person": person_facts(person, reader.open(person, "name", "phone", "id_number"), masked=False)}


def of_age(person: Any) -> bool:
    """A minor's own data is given by hand, after it was looked at who asks: a suspected guardian gets none of it."""
    return not person.is_minor
