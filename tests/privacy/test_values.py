"""A sealed value can be carried about, printed and pickled without telling anything."""

import copy
import json
import pickle
from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import F, Max, Value
from django.db.models.functions import Concat, Lower
from django.forms import modelform_factory
from django.template import Context, Template

from privacy.errors import SealError
from privacy.reading import reveal
from privacy.sealed import Sealed
from tests.attacks.record import Tried
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Folder, Person

pytestmark = pytest.mark.django_db
CANARY = "王小明"


@pytest.fixture(params=["assigned", "stored"])
def person(request: pytest.FixtureRequest) -> Person:
    if request.param == "stored":
        return a_person(name=CANARY)
    return Person(folder=Folder.objects.create(), name=CANARY)


@pytest.mark.attack("T79")
def test_it_prints_as_sealed(person: Person, tried: Tried) -> None:
    said = [
        str(person.name),
        repr(person.name),
        f"{person.name:>20}",
        f"<{person.name}>"[1:-1],
        repr([person.name]),
    ]
    tried(
        request="str, repr, f-string",
        actor="a log line",
        expected=["<sealed>"] * 4 + ["[<sealed>]"],
        got=said,
    )


def test_a_template_shows_sealed(person: Person) -> None:
    assert Template("{{ p.name }}").render(Context({"p": person})) == "&lt;sealed&gt;"


def test_it_has_content(person: Person) -> None:
    assert (bool(person.name), person.phone) == (True, None)


def test_it_cannot_be_compared_measured_or_hashed(person: Person) -> None:
    name: Any = person.name
    tries = [
        lambda: name == CANARY,
        lambda: name != "",
        lambda: len(name),
        lambda: list(name),
        lambda: hash(name),
    ]
    assert [_raises(TypeError, attempt) for attempt in tries] == [True] * 5


@pytest.mark.attack("T79")
def test_json_refuses_it(person: Person, tried: Tried) -> None:
    tries = [lambda: json.dumps([person.name]), lambda: json.dumps([person.name], cls=DjangoJSONEncoder)]
    got = [_raises(TypeError, attempt) for attempt in tries]
    tried(request="json", actor="a log line", expected=[True, True], got=got)


@pytest.mark.attack("T79")
def test_serializers_write_sealed(person: Person, tried: Tried) -> None:
    data = json.loads(serializers.serialize("json", [person]))[0]["fields"]
    got = (data["name"], data["address"])
    tried(request="serialize, dumpdata", actor="host", expected=("<sealed>", "<sealed>"), got=got)


@pytest.mark.attack("T79")
def test_a_pickle_takes_nothing_along(person: Person, tried: Tried) -> None:
    blob = pickle.dumps(person)
    again = pickle.loads(blob)
    got = (str(again.name), again.name._cipher, again.name._clear, CANARY.encode() in blob)
    tried(request="pickle", actor="whoever reads a queue", expected=("<sealed>", None, None, False), got=got)


def test_copies_stay_sealed(person: Person) -> None:
    assert [str(copy.copy(person).name), str(copy.deepcopy(person).name)] == ["<sealed>"] * 2


@pytest.mark.attack("T79")
def test_values_and_lists_are_sealed(tried: Tried) -> None:
    a_person(name=CANARY)
    rows = Person.objects.values("name")
    got = [str(list(rows)), str(list(Person.objects.values_list("name")))]
    tried(request="values", actor="a shell", expected=["[{'name': <sealed>}]", "[(<sealed>,)]"], got=got)


LOOKUPS = [
    {"name": CANARY},
    {"name": None},
    {"name__contains": "小"},
    {"name__in": [CANARY]},
    {"name__gt": ""},
    {"name__regex": "."},
    {"name__length": 3},
    {"name": F("address")},
    {"history__name": CANARY},
]


@pytest.mark.attack("T58")
@pytest.mark.parametrize("lookup", LOOKUPS)
def test_it_cannot_be_looked_up(lookup: dict[str, Any], tried: Tried) -> None:
    got = _raises(FieldError, lambda: list(Person.objects.filter(**lookup)))
    tried(request=f"filter({next(iter(lookup))}=…)", actor="a view", expected=True, got=got)


def test_it_can_be_asked_whether_there_is_any() -> None:
    a_person(phone="13812345678"), a_person()
    assert Person.objects.filter(phone__isnull=False).count() == 1


WRITES = [
    {"name": CANARY},
    {"name": None},
    {"name": CANARY.encode()},
    {"name": F("address")},
    {"name": Value("x")},
    {"rev": 1},
    {"rev": F("rev") + 1},
]


@pytest.mark.parametrize("columns", WRITES)
def test_update_does_not_write_it(columns: dict[str, Any]) -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(pk=a_person().pk).update(**columns)


def test_update_does_not_copy_it_from_another_row() -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(pk=a_person().pk).update(name=a_person().name)


def test_bulk_update_does_not_write_it() -> None:
    person = a_person()
    person.name = "李四"
    with pytest.raises(FieldError):
        Person.objects.bulk_update([person], ["name"])


def test_clear_columns_can_be_updated() -> None:
    person = a_person()
    Person.objects.filter(pk=person.pk).update(role="child")
    person.refresh_from_db()
    assert (person.role, reveal(person, "name", actor=READER)) == ("child", {"name": CANARY})


EXPRESSIONS = [
    lambda rows: rows.order_by("name"),
    lambda rows: rows.order_by("-name"),
    lambda rows: rows.order_by(F("name").desc()),
    lambda rows: rows.order_by("folder__person__name"),
    lambda rows: rows.annotate(x=F("name")),
    lambda rows: rows.annotate(x=Lower("name")),
    lambda rows: rows.alias(x=Concat("name", Value("x"))),
    lambda rows: rows.aggregate(Max("name")),
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_it_takes_part_in_no_expression(expression: Any) -> None:
    with pytest.raises(FieldError):
        expression(Person.objects.all())


def test_a_fixture_cannot_plant_it() -> None:
    person = a_person()
    text = serializers.serialize("json", [person]).replace("<sealed>", "planted")
    with pytest.raises(FieldError):
        next(iter(serializers.deserialize("json", text))).save()


def test_only_text_can_be_assigned() -> None:
    tries = [lambda v=v: Person(name=v) for v in (b"\xe1", 7, ["x"], F("role"))]
    assert [_raises(TypeError, attempt) for attempt in tries] == [True] * 4


def test_a_value_without_content_does_not_open() -> None:
    person = a_person()
    person.name = pickle.loads(pickle.dumps(person.name))
    with pytest.raises(SealError):
        person.save()


Form = modelform_factory(Person, fields=["name", "phone", "address"])


def test_a_form_cleans_and_saves() -> None:
    form = Form({"name": " 王\u202e小\u200b明 ", "phone": "１３８ 1234 5678", "address": ""})
    form.instance.folder = Folder.objects.create()
    saved = form.save()
    assert reveal(saved, "name", "phone", "address", actor=READER) == {
        "name": "王小明",
        "phone": "１３８ 1234 5678",
        "address": "",
    }


def test_a_form_says_what_is_wrong() -> None:
    form = Form({"name": "x" * 41, "phone": "123", "address": "a\0b"})
    assert {name: [e.code for e in errors.as_data()] for name, errors in form.errors.items()} == {
        "name": ["max_length"],
        "phone": ["length"],
        "address": ["nul"],
    }


def test_an_empty_optional_field_stays_empty() -> None:
    form = Form({"name": "王小明", "phone": ""})
    form.instance.folder = Folder.objects.create()
    assert form.save().phone is None


def test_an_edit_form_needs_revealed_values() -> None:
    with pytest.raises(TypeError):
        str(Form(instance=a_person())["name"])


def test_an_edit_form_shows_revealed_values() -> None:
    person = a_person()
    form = Form(instance=person, initial=reveal(person, "name", "phone", "address", actor=READER))
    assert form["name"].value() == CANARY


def test_clean_checks_what_was_assigned() -> None:
    person = Person(folder=Folder.objects.create(), name="", phone="123")
    with pytest.raises(ValidationError) as caught:
        person.full_clean()
    assert sorted(caught.value.error_dict) == ["name", "phone"]


def test_clean_passes_what_is_stored(django_assert_num_queries: Any) -> None:
    person = a_person()
    person.folder  # noqa: B018
    with django_assert_num_queries(1):
        person.full_clean()


def test_migrations_hold_no_key_material() -> None:
    field = Person._meta.get_field("address")
    assert field.deconstruct()[3] == {"blank": True, "max_length": 200, "pad": 64, "verbose_name": "Address"}


def test_the_column_is_bytes() -> None:
    assert [Person._meta.get_field(n).db_type(connection) for n in ("name", "details")] == ["bytea"] * 2


def _raises(kind: type[Exception], attempt: Any) -> bool:
    try:
        attempt()
    except kind:
        return True
    return False


def test_a_sealed_value_without_data_is_false() -> None:
    assert bool(Sealed(clear="")) is False
