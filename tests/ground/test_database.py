"""After a transactional test the database is what it was, append-only tables included."""

import pytest
from django.db import DatabaseError, connection, transaction

from agencies.models import User
from privacy.keyrows import KeyVersion
from tests.database import START


@pytest.mark.django_db(transaction=True)
def test_what_was_added_goes_and_what_was_taken_comes_back() -> None:
    keys = KeyVersion.objects.count()
    User.objects.create(username="somebody")
    KeyVersion.objects.all().delete()
    START.put_back()
    assert (User.objects.filter(username="somebody").exists(), KeyVersion.objects.count()) == (False, keys)


@pytest.mark.django_db(transaction=True)
def test_triggers_work_again_after_putting_back() -> None:
    START.put_back()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("truncate workflow_steprecord cascade")
