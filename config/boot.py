"""What a serving process asks itself before it serves."""

import sys

from django.db import DatabaseError

from privacy.errors import SealError
from privacy.keys import ring


def refuse_wrong_keys() -> None:
    """A process whose key-encryption key is not the database's ends here. A database that is away is no reason."""
    try:
        ring.verify()
    except SealError as error:
        sys.exit(str(error))
    except DatabaseError:
        return
