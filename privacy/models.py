"""The base of every model that holds sealed data, and the tables of this floor."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models.base import ModelBase

from privacy.actors import ActorLike
from privacy.audit import ReadAudit
from privacy.chainrows import AuditChain, AuditCheckpoint, AuditLink, AuditSink, BaitMark
from privacy.errors import StaleRow
from privacy.fields import RevField, SealedField
from privacy.keyrows import DataKey, KeyVersion, RotationJob
from privacy.marks import SEALED_NOW
from privacy.places import Place
from privacy.retag import are_stale, tags_field, tags_of
from privacy.sealed import Sealed
from privacy.tombstonerows import Ruling, Tombstone

__all__ = [
    "AuditChain",
    "AuditCheckpoint",
    "AuditLink",
    "AuditSink",
    "BaitMark",
    "DataKey",
    "KeyVersion",
    "ReadAudit",
    "RotationJob",
    "Ruling",
    "SealedModel",
    "Tombstone",
]


class SealedModel(models.Model):
    """A row whose personal data is sealed under its own id, its owner's key and its own version.

    Every save writes the next `rev` and seals all its columns anew; a save of a row that somebody else has
    saved in between raises StaleRow. Row and history version are written together or not at all.
    """

    compartment: ClassVar[str] = "victim"
    clear_fields: ClassVar[frozenset[str]] = frozenset()
    """Columns whose name sounds personal and that were reviewed to hold codes only (see checks E004)."""
    unversioned: ClassVar[frozenset[str]] = frozenset()
    """Columns in clear that are written past the history on purpose, such as how far a task has come."""
    never_printed: ClassVar[frozenset[str]] = frozenset()
    """Sealed columns that stand on no paper."""
    tagged: ClassVar[tuple[str, ...]] = ()
    """Sealed columns that the row's tags are made of, in a model that has tags."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rev = RevField(default=1, editable=False)

    class Meta:
        abstract = True

    def seal_owner(self) -> uuid.UUID:
        """Whose data key seals this row: the case or the call. Must read this row's own columns only."""
        return self.id

    @classmethod
    def require_leave(cls, rows: Sequence[Self], *, actor: ActorLike, purpose: str) -> None:
        """Raise NotApproved where this actor may open `rows` only with a leave that is missing. Most rows need none."""

    def acting(self, actor: ActorLike) -> Self:
        """Who makes the next saves; the history row names this user."""
        self._actor = actor
        return self

    @classmethod
    def sealed_fields(cls) -> tuple[SealedField, ...]:
        found: tuple[SealedField, ...] | None = cls.__dict__.get("_sealed_fields")
        if found is None:
            found = tuple(f for f in cls._meta.concrete_fields if isinstance(f, SealedField))
            cls._sealed_fields = found  # type: ignore[attr-defined]
        return found

    def save(
        self,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        if update_fields is not None:
            update_fields = set(update_fields)
            if not update_fields:
                return
            update_fields |= {"rev", *(f.name for f in self.sealed_fields())}
        before = self._before_save()
        if update_fields is not None and (tags := tags_field(type(self))) and tags.attname in before:
            update_fields.add(tags.name)
        try:
            with transaction.atomic(using=using, savepoint=False):
                super().save(
                    force_insert=force_insert,
                    force_update=force_update,
                    using=using,
                    update_fields=update_fields,
                )
        except BaseException:
            self.__dict__.update(before)
            raise
        finally:
            del self.__dict__[SEALED_NOW]

    def _before_save(self) -> dict[str, Any]:
        """Seal for the version to be written; what the row held is returned, to be put back on failure."""
        sealed = self.sealed_fields()
        deferred = [f.attname for f in sealed if f.attname not in self.__dict__]
        if deferred:
            self.refresh_from_db(fields=deferred)
        place = Place(self)
        rev = place.rev if self._state.adding else place.rev + 1
        before = {f.attname: self.__dict__[f.attname] for f in sealed} | {"rev": place.rev}
        before |= self._retag(place)
        key = place.sealing_key() if any(before[f.attname] is not None for f in sealed) else None
        anew = {
            f.attname: f.sealed_anew(place, key, held, rev)
            for f in sealed
            if key and (held := self.__dict__[f.attname]) is not None
        }
        self.__dict__.update(anew, rev=rev, **{SEALED_NOW: True})
        return before

    def _retag(self, place: Place) -> dict[str, Any]:
        """A row read before its index got another key is tagged anew, so that no later search misses it."""
        field = tags_field(type(self))
        if field is None or not self.tagged or field.attname not in self.__dict__:
            return {}
        held = self.__dict__[field.attname]
        if not are_stale(held):
            return {}
        self.__dict__[field.attname] = tags_of(self, place)
        return {field.attname: held}

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *rest: Any) -> Any:
        """Django's own UPDATE, taking the row only in the version it was read in."""
        updated = super()._do_update(base_qs.filter(rev=self.rev - 1), using, pk_val, values, *rest)
        if not updated:
            raise StaleRow
        return updated

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        """Ciphertexts are of one version: they are always fetched together with `rev`."""
        if fields is None:
            super().refresh_from_db(using=using, from_queryset=from_queryset)
            return
        wanted, held = set(fields), self.__dict__.get("rev")
        names = {f.attname for f in self.sealed_fields()}
        filling = held is not None and not any(name in self.__dict__ for name in wanted)
        if wanted & (names | {"rev"}):
            wanted.add("rev")
            if not filling:
                wanted |= {name for name in names if _is_ciphertext(self.__dict__.get(name))}
        super().refresh_from_db(using=using, fields=wanted, from_queryset=from_queryset)
        if filling and self.rev != held:
            for name in set(fields) & self.__dict__.keys():
                del self.__dict__[name]
            self.__dict__["rev"] = held
            raise StaleRow


def _is_ciphertext(value: Any) -> bool:
    return isinstance(value, Sealed) and value._cipher is not None
