"""What stands on the form of a stay: everything of law.md's list but where she is."""

import pytest

from tests.house.paper_makers import a_left_stay
from tests.papers import CANARY, NAME, pdf_text, printed
from tests.people import a_caseworker
from tests.shelter_stay.stays import CODE, a_warden

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("of_the_shelter", [False, True])
def test_the_form_tells_the_stay_and_never_the_house_the_room_or_where_she_went(of_the_shelter: bool) -> None:
    worker = a_caseworker()
    stay = a_left_stay(worker)
    actor = a_warden() if of_the_shelter else worker
    text = pdf_text(printed("shelter_register", stay, actor), actor)
    told = (
        "■告诫书", "■自行前来", "需服降压药", "2026年3月2日22:15", "2026年3月12日", "母子（女）间",
        "已租好住处", "■自行离站", NAME,
    )  # fmt: skip
    assert [word for word in told if word not in text] == []
    assert [word for word in (CANARY, CODE) if word in text] == []
