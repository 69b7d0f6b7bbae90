"""Models of the privacy tests: a person of a case, a reporter in a compartment of its own, a plain twin."""

import uuid
from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from privacy.blind import TagsField, tags_index
from privacy.fields import SealedJSON, SealedText
from privacy.history import sealed_history
from privacy.models import SealedModel
from privacy.query import SealedQuerySet
from privacy.validators import validate_phone


class Folder(models.Model):
    """Stands for the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)


class Person(SealedModel):
    folder = models.ForeignKey(Folder, on_delete=models.CASCADE)
    role = models.CharField(max_length=16, default="victim")
    name = SealedText("Name", max_length=40)
    phone = SealedText("Phone", max_length=20, null=True, blank=True, validators=[validate_phone])
    id_number = SealedText("ID number", max_length=18, null=True, blank=True, asks_proof=True)
    address = SealedText("Address", pad=64, max_length=200, blank=True)
    details = SealedJSON(null=True, blank=True)
    tags = TagsField()
    tagged = ("name", "phone", "id_number")

    objects = SealedQuerySet.as_manager()
    history = sealed_history(excluded=("tags",))

    class Meta:
        indexes: ClassVar = [tags_index("sample_person_tags")]

    @property
    def case_id(self) -> uuid.UUID:
        return self.folder_id

    def seal_owner(self) -> uuid.UUID:
        return self.case_id


class Reporter(SealedModel):
    compartment = "reporter"

    folder_id = models.UUIDField()
    name = SealedText("Name", max_length=40)

    def seal_owner(self) -> uuid.UUID:
        return self.folder_id


class Plain(models.Model):
    """The same data in the clear, with the same history: what a save costs without seals."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    folder = models.ForeignKey(Folder, on_delete=models.CASCADE)
    name = models.CharField(max_length=40)
    phone = models.CharField(max_length=20)

    history = HistoricalRecords(
        history_id_field=models.UUIDField(default=uuid.uuid4),
        history_user_id_field=models.UUIDField(null=True),
    )
