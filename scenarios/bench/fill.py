"""People by the hundred thousand: two to a case, sealed for real, and the same people in the plain twin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from psycopg.sql import SQL, Identifier

from agencies.kinds import AgencyKind
from agencies.models import Agency, Posting
from casework.codes import Channel, Role
from casework.models import Case, Person
from casework.reference import WORDS
from privacy.blind import id_tags, name_tags, phone_tags
from privacy.keys import ring
from scenarios.bench.plain import PlainPerson
from scenarios.cast import Cast
from scenarios.demo.people import Somebody, somebody

Tell = Callable[[str], None]
BATCH = 1000
FEDERATIONS = 4
# One name in so many is made of two characters that hardly anybody has: a fragment as it is looked for.
RARE = 50
ADDRESS, NOTE = (
    "灵泉镇中央大街{}号楼{}单元{}室",
    "第{}次来访时的说明：孩子在场，已告知权利，约定安全时段再联系。",
)
LATER_CASES = """
INSERT INTO casework_case ({names})
SELECT {values} FROM generate_series(%s::int, %s::int) AS n, (SELECT * FROM casework_case LIMIT 1) AS one
"""


@dataclass
class Town:
    """The federations that share the cases, and every rare given name with how often it was given."""

    cast: Cast
    now: datetime
    random: Random = field(default_factory=lambda: Random(12338))  # noqa: S311
    rare: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        worker = Posting.objects.select_related("agency").get(user_id=self.cast.caseworker.user_id, ends=None)
        self.own = own = worker.agency
        names = [f"另一妇联{number}" for number in range(1, FEDERATIONS)]
        kind = AgencyKind.FEDERATION
        others = [Agency(kind=kind, name=name, short_name=name, area=own.area) for name in names]
        self.homes: list[UUID] = [own.pk, *(one.pk for one in Agency.objects.bulk_create(others))]

    def home(self, number: int) -> UUID:
        return self.homes[number % FEDERATIONS]

    def person(self, number: int) -> Somebody:
        sex = "f" if number % 2 == 0 else "m"
        return somebody(self.random, sex, self.random.randrange(18, 80), self.now.year)


def reference(number: int) -> dict[str, str]:
    return {"reference": f"HH{number:09d}", "alias": f"{WORDS[number % len(WORDS)]}-{number:09d}"}


def fill(town: Town, people: int, tell: Tell) -> None:
    """Commits by the thousand, tells every tenth of the way."""
    done, step = 0, max(people // 10, 1)
    while done < people:
        size = min(BATCH, people - done)
        with transaction.atomic():
            _batch(town, done, size)
        before, done = done, done + size
        if before // step != done // step:
            tell(f"{done:,} of {people:,} people sealed")


def _batch(town: Town, first: int, size: int) -> None:
    cases = [_case(town, number) for number in range(first // 2, (first + size + 1) // 2)]
    copy_in(Case, cases)
    pairs = [_twins(town, cases[(number - first) // 2], number) for number in range(first, first + size)]
    ring.provide({case.pk for case in cases})
    copy_in(Person, [sealed for sealed, _plain in pairs])
    copy_in(PlainPerson, [plain for _sealed, plain in pairs])


def copy_in(model: Any, rows: Sequence[Any]) -> None:
    """What an INSERT would write, by COPY: every column goes through the field that seals or guards it."""
    fields = model._meta.concrete_fields
    names = SQL(", ").join(Identifier(field.column) for field in fields)
    statement = SQL("COPY {} ({}) FROM STDIN").format(Identifier(model._meta.db_table), names)
    database = connections[DEFAULT_DB_ALIAS]  # itself: the usual stand-in looks it up at every touch
    with database.cursor() as cursor, cursor.copy(statement.as_string(database.connection)) as copy:
        for row in rows:
            copy.write_row([f.get_db_prep_save(f.pre_save(row, True), database) for f in fields])


def _case(town: Town, number: int) -> Case:
    home, opened = town.home(number), town.now - timedelta(minutes=number)
    return Case(
        agency_id=home, first_agency_id=home, channel=Channel.HOTLINE, created_at=opened, **reference(number)
    )


def _twins(town: Town, case: Case, number: int) -> tuple[Person, PlainPerson]:
    who = town.person(number)
    name = _rare(town, who.name) if number % RARE == 0 else who.name
    if len(town.phones) < BATCH and case.agency_id == town.homes[0]:
        town.phones.append(who.phone)
    columns = {
        "id": uuid4(), "case": case, "role": Role.VICTIM if number % 2 == 0 else Role.RESPONDENT, "sex": who.sex,
        "age": who.age, "language": who.language, "name": name, "phone": who.phone, "id_number": who.id_number,
        "address": ADDRESS.format(number % 90, number % 5, number % 600), "work": who.work or None,
        "note": NOTE.format(number % 9 + 1),
    }  # fmt: skip
    tags = name_tags(name) + phone_tags(who.phone) + id_tags(who.id_number)
    return Person(tags=tags, **columns), PlainPerson(**columns)


def _rare(town: Town, name: str) -> str:
    given = "".join(chr(town.random.randrange(0x4E00, 0x9FA6)) for _ in range(2))
    town.rare.append(given)
    return name[0] + given


def more_cases(town: Town, until: int) -> None:
    """Cases alone, by copying the coded columns of one: what a list of cases reads and nothing else."""
    first = Case.objects.count()
    own = {
        "id": "gen_random_uuid()",
        "reference": "'HH' || lpad(n::text, 9, '0')",
        "alias": "'云杉-' || lpad(n::text, 9, '0')",
        "created_at": "one.created_at - n * interval '1 minute'",
    }
    homes = "(ARRAY[{}])[n %% {} + 1]::uuid".format(
        ", ".join(f"'{home}'" for home in town.homes), FEDERATIONS
    )
    own |= {"agency_id": homes, "first_agency_id": homes}
    columns = [f.column for f in Case._meta.concrete_fields]
    values = ", ".join(own.get(column, f"one.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(LATER_CASES.format(names=", ".join(columns), values=values), [first, until - 1])


def settle() -> None:
    """What autovacuum would have done by the next day."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
