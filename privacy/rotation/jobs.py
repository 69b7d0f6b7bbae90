"""A rotation is a list of phases, each of which may be begun again. The row of the job says where it stands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import ProgrammingError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from privacy.errors import KeyRingError
from privacy.keyrows import DataKey, KeyState, KeyVersion, RotationJob
from privacy.keys import key_context, ring
from privacy.keystates import move, move_data_keys, promote
from privacy.providers import provider
from privacy.purposes import KEKS, WRAPS, Purpose, of_kid
from privacy.retag import INDEXES
from privacy.rotation.datakeys import RenewPart, RewrapPart
from privacy.rotation.fence import pass_fence
from privacy.rotation.files import FilesPart
from privacy.rotation.index import TagPart, tagged_models
from privacy.rotation.sweep import Part, sweep
from privacy.rotation.tables import SealedPart, sealed_models
from privacy.suites import suite

LOCK = 0x68756B6579
KEK, WRAP, DATA, INDEX, PLAIN = "kek", "wrap", "data", "index", "plain"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Run:
    """A job being worked on."""

    job: RotationJob
    tell: Tell
    size: int | None = None

    def sweep(self, *parts: Part) -> None:
        sweep(self.job, parts, self.tell, self.size)


def by_label(label: str) -> Purpose:
    return next(purpose for purpose in Purpose if purpose.label == label)


def new_version(run: Run) -> None:
    """The new purpose key, PENDING: spread before anything is written with it alone."""
    job, purpose = run.job, by_label(run.job.subject)
    if job.new is not None:
        return
    with transaction.atomic():
        held = KeyVersion.objects.filter(purpose=purpose.label)
        newest = held.aggregate(Max("kid"))["kid__max"] or purpose
        job.old = held.filter(state=KeyState.PRIMARY).values_list("kid", flat=True).first()
        job.new = newest + 16
        ring.new_version(purpose, job.new, suite(job.suite), KeyState.PENDING).save()
        job.save()


def wait(run: Run) -> None:
    pass_fence(run.job, run.tell)
    ring.forget()


def make_primary(run: Run) -> None:
    promote(run.job.old, _new(run.job))
    ring.forget()


def _new(job: RotationJob) -> int:
    if job.new is None:
        raise KeyRingError("This rotation has made no new key yet.")
    return job.new


def rewrap(run: Run) -> None:
    run.sweep(RewrapPart(_compartment(run.job.subject), _new(run.job)))
    ring.forget()


def _compartment(label: str) -> str:
    return next(compartment for compartment, purpose in WRAPS.items() if purpose.label == label)


def disable(run: Run) -> None:
    if run.job.old is not None:
        move(run.job.old, KeyState.DISABLED)
    ring.forget()


def renew(run: Run) -> None:
    job = run.job
    if job.old is None:
        job.old = DataKey.objects.aggregate(Max("id"))["id__max"] or 0
        job.save()
    ring.forget()
    run.sweep(RenewPart(job.subject, job.old, job.suite))
    ring.forget()


def reseal(run: Run) -> None:
    run.sweep(*reseal_parts(run.job.subject))


def reseal_parts(compartment: str) -> list[Part]:
    tables = [SealedPart(model, compartment) for model in sealed_models(compartment)]
    return [*tables, FilesPart(compartment)]


def disable_data_keys(run: Run) -> None:
    rows = DataKey.objects.filter(compartment=run.job.subject, state=KeyState.ACTIVE)
    run.tell(f"{move_data_keys(rows, KeyState.DISABLED)} data keys disabled")
    ring.forget()


def tag_both(run: Run) -> None:
    if run.job.old is not None:
        old, new = run.job.old, _new(run.job)
        run.sweep(*(TagPart(model, old, new) for model in tagged_models()))


def tag_new(run: Run) -> None:
    """Whatever a slow hand has tagged with the old key alone gets the new one first."""
    tag_both(run)
    if run.job.old is not None:
        run.sweep(*(TagPart(model, run.job.old) for model in tagged_models()))


def add_kek(run: Run) -> None:
    """A fresh one for each compartment; the numbers of keys the providers hold are the record of it."""
    for name in KEKS.values():
        kek, by = provider(name), suite(run.job.suite)
        if kek.exists():
            kek.renew(by)
        else:
            kek.create(by)


def rewrap_versions(run: Run) -> None:
    """All purpose keys in one transaction: they are a few dozen at most. Each by the key of its own compartment."""
    with transaction.atomic():
        rows = list(KeyVersion.objects.select_for_update().exclude(state=KeyState.DESTROYED))
        for row in rows:
            context, own = key_context(row.purpose, row.kid), KEKS[of_kid(row.kid).compartment]
            key = provider(row.kek).unwrap(bytes(row.wrapped), context)
            row.kek, row.wrapped = own, provider(own).wrap(key, context)
        KeyVersion.objects.bulk_update(rows, ["kek", "wrapped"])
    ring.verify()
    run.tell(f"{len(rows)} purpose keys wrapped anew")


Step = tuple[str, Callable[[Run], None]]
STEPS: dict[str, tuple[Step, ...]] = {
    KEK: (("add", add_kek), ("rewrap", rewrap_versions)),
    WRAP: (
        ("new", new_version), ("promote", make_primary), ("rewrap", rewrap), ("wait", wait),
        ("rewrap-rest", rewrap), ("disable", disable),
    ),
    DATA: (("renew", renew), ("reseal", reseal), ("wait", wait), ("reseal-rest", reseal), ("disable", disable_data_keys)),
    INDEX: (
        ("new", new_version), ("wait-both", wait), ("tag-both", tag_both), ("promote", make_primary),
        ("wait-new", wait), ("tag-new", tag_new), ("disable", disable),
    ),
    PLAIN: (("new", new_version), ("wait", wait), ("promote", make_primary)),
}  # fmt: skip


def kind_of_purpose(purpose: Purpose) -> str:
    if purpose in WRAPS.values():
        return WRAP
    return INDEX if purpose in INDEXES else PLAIN


def unfinished() -> RotationJob | None:
    return RotationJob.objects.filter(state=RotationJob.RUNNING).first()


def start(kind: str, subject: str, number: int) -> RotationJob:
    return RotationJob.objects.create(kind=kind, subject=subject, suite=number, phase=STEPS[kind][0][0])


def work(job: RotationJob, tell: Tell, size: int | None = None) -> None:
    """From the phase the job stands in to its end."""
    run, steps = Run(job, tell, size), STEPS[job.kind]
    ring.forget()
    names = [name for name, _ in steps]
    for name, step in steps[names.index(job.phase) :]:
        if job.phase != name:
            job.phase, job.table, job.cursor, job.wait_from = name, "", "", None
            job.done = job.total = 0
            job.save()
        tell(f"{job.kind} {job.subject}: {name}")
        step(run)
    job.state = RotationJob.DONE
    job.save()
    tell(f"{job.kind} {job.subject}: done in {(timezone.now() - job.started_at).total_seconds():.1f} s")


# What lets this role at rows of these tables. Several add up; there are none that take away.
POLICIES = (
    "SELECT tablename, qual FROM pg_policies WHERE schemaname = 'public' AND tablename = ANY(%s)"
    " AND permissive = 'PERMISSIVE' AND cmd = 'ALL' AND roles && ARRAY['public', current_user]::name[]"
)


@contextmanager
def alone() -> Iterator[None]:
    """One process rotates at a time; the lock goes with its connection, however it ends."""
    refuse_hidden_rows()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise KeyRingError("Another process is rotating keys.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def refuse_hidden_rows() -> None:
    """A count of 0 proves nothing where the database hides rows from this role."""
    tables = [model._meta.db_table for compartment in WRAPS for model in sealed_models(compartment)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT t FROM unnest(%s::text[]) AS t WHERE row_security_active(t)", [tables])
        hidden = {table for (table,) in cursor.fetchall()}
        cursor.execute(POLICIES, [list(hidden)])
        for table, condition in cursor.fetchall():
            if table in hidden and _is_true_of_every_row(condition):
                hidden.remove(table)
    if hidden:
        raise KeyRingError("This database role does not see every row: rotate as the owner of the tables.")


def _is_true_of_every_row(condition: str) -> bool:
    """A condition that names a column cannot be asked without a row."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {condition}")
            return bool(cursor.fetchone() == (True,))
    except ProgrammingError:
        return False
