"""A call from the first ring to its record, through the pages an operator uses."""

import pytest
from django.test import Client

from casework.models import Case, Person
from hotline.models import Call, CallDraft
from tests.people import an_operator, signed_in

pytestmark = pytest.mark.django_db


def test_a_frightened_caller_becomes_a_case_in_one_save(client: Client) -> None:
    operator = an_operator()
    signed_in(client, operator)
    page = client.post("/desk/new", follow=True)
    call = Call.objects.get()
    typed = {
        "safety": "unsafe", "kind": "self", "number": "13904705588", "victim_name": "王小丽", "account": "他打我",
        "forms_of_violence": ["physical"], "relation": "1_spouse", "children": "yes", "rights_informed": "on",
        "danger_1": "yes", "danger_F1": "yes", "wishes": ["order", "letter"], "outcome": "open_case",
        "safe_from": "09:00", "safe_to": "11:00", "code_word": "快递",
    }  # fmt: skip
    answer = client.post(f"/desk/{call.pk}", typed)
    case = Case.objects.get()
    assert (page.status_code, answer.status_code, case.danger, case.children_answered, Person.objects.count()) == (
        200, 302, "high", True, 1,
    )  # fmt: skip
    assert not CallDraft.objects.exists()
