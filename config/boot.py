"""What a serving process asks itself before it serves."""

import sys

from django.db import DatabaseError

from privacy.errors import SealError
from privacy.keys import ring
from privacy.shred import listen


def prepare_keys() -> None:
    """Before serving: the keys are the right ones, and those that are shredded elsewhere are dropped here."""
    refuse_wrong_keys()
    listen()


def refuse_wrong_keys() -> None:
    """A process whose key-encryption key is not the database's ends here. A database that is away is no reason."""
    try:
        ring.verify()
    except SealError as error:
        sys.exit(str(error))
    except DatabaseError:
        return
