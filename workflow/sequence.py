"""Numbers that only go up, drawn from a PostgreSQL sequence by the database itself."""

from typing import Any

from django.db import models
from django.db.models import Func, Value


class NextNumber(Func):
    """`db_default=NextNumber("some_seq")`; the migration creates the sequence first."""

    function = "nextval"
    output_field = models.BigIntegerField()
    allowed_default = True

    def __init__(self, sequence: str, **extra: Any) -> None:
        super().__init__(Value(sequence), **extra)
