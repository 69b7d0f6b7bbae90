"""`manage.py keys`: how the keys stand, and how they are changed while the house is at work (docs/keys.md)."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from privacy.census import cut
from privacy.checkpoints import known
from privacy.errors import SealError
from privacy.keyrows import DataKey, KeyState, KeyVersion, RotationJob
from privacy.keys import READS, held_compartments, ring
from privacy.keystates import move, move_data_keys
from privacy.purposes import KEKS, WRAPS, Purpose, of_kid
from privacy.retag import INDEXES
from privacy.rolledback import rolled_back
from privacy.rotation.destroy import destroy, doomed
from privacy.rotation.jobs import DATA, KEK, alone, by_label, kind_of_purpose, start, unfinished, work
from privacy.suites import BY_WORD, DEFAULT, SUITES, suite

GROUPS = {
    "kek": [(KEK, "kek")],
    "wrap": [(kind_of_purpose(p), p.label) for p in WRAPS.values()],
    "data": [(DATA, compartment) for compartment in WRAPS],
    "index": [(kind_of_purpose(p), p.label) for p in INDEXES],
    "marks": [(kind_of_purpose(p), p.label) for p in (Purpose.AUDIT, Purpose.CHECKPOINT, Purpose.POSTING)],
    **{p.label: [(kind_of_purpose(p), p.label)] for p in Purpose},
}
GROUPS["all"] = [one for name in ("kek", "wrap", "data", "index", "marks") for one in GROUPS[name]]


class Command(BaseCommand):
    help = "Show, rotate, switch and destroy keys. Every command may be repeated; a broken rotation goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("status", help="every key version, the data keys, the rotations")
        verbs.add_parser(
            "verify", help="the key file, every check value, and rows put back past their history"
        )
        rotate = verbs.add_parser("rotate", help="new keys, and everything sealed anew under them")
        rotate.add_argument("what", choices=GROUPS)
        switch = verbs.add_parser("switch_suite", help="all keys and all data to another suite")
        switch.add_argument("suite", choices=BY_WORD)
        switch.add_argument("what", choices=GROUPS, nargs="?", default="all")
        for one in (rotate, switch):
            one.add_argument("--batch", type=int, default=500)
        enable = verbs.add_parser("enable", help="disabled keys open again: data of an older backup is back")
        enable.add_argument("kid", help="a number, or `data`")
        end = verbs.add_parser("destroy", help="disabled keys whose time is over, for ever")
        end.add_argument("--yes", action="store_true", help="really")
        end.add_argument("--now", action="store_true", help="do not wait for KEY_RETENTION_DAYS")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{verb}")(options)
        except SealError as error:
            raise CommandError(str(error)) from None

    def do_status(self, options: dict[str, Any]) -> None:
        ring.verify()
        for line in (*_keks(), *_versions(), *_data_keys(), *_jobs()):
            self.tell(line)

    def do_verify(self, options: dict[str, Any]) -> None:
        ring.verify()
        found = list(rolled_back())
        for table, pk in found:
            self.tell(f"older than its own history: {table} {pk}")
        fewer = cut(known())
        for table, upto in fewer:
            self.tell(f"old versions are not those that were signed up to {upto}: {table}")
        if found or fewer:
            raise CommandError(f"{len(found)} rows and {len(fewer)} histories were changed past the program.")
        self.tell("every key has its check value; no row is older than its history")

    def do_rotate(self, options: dict[str, Any]) -> None:
        with alone():
            wanted = GROUPS[options["what"]]
            for kind, subject in wanted[self._finish(options["batch"], wanted) :]:
                work(start(kind, subject, _suite_of(subject)), self.tell, options["batch"])

    def do_switch_suite(self, options: dict[str, Any]) -> None:
        """First the keys that wrap, so that new data keys are of the new suite; then all data, the indexes, the marks."""
        number = BY_WORD[options["suite"]].number
        with alone():
            self._finish(options["batch"], [])
            for kind, subject in GROUPS[options["what"]]:
                if _differs(kind, subject, number):
                    work(start(kind, subject, number), self.tell, options["batch"])

    def do_enable(self, options: dict[str, Any]) -> None:
        if options["kid"] == "data":
            rows = DataKey.objects.filter(state=KeyState.DISABLED)
            self.tell(f"{move_data_keys(rows, KeyState.ACTIVE)} data keys open again: rotate data")
        else:
            move(int(options["kid"]), KeyState.ACTIVE)
        ring.forget()

    def do_destroy(self, options: dict[str, Any]) -> None:
        found = doomed(options["now"])
        for line in found.lines() or ["nothing: no key has been disabled long enough"]:
            self.tell(f"destroys {line}")
        if not found.lines():
            return
        if not options["yes"]:
            raise CommandError(
                "Nothing was destroyed. What these keys sealed never opens again: --yes to go on."
            )
        with alone():
            destroy(found, options["now"])
        self.tell("destroyed")

    def _finish(self, batch: int, wanted: list[tuple[str, str]]) -> int:
        """Go on with what was broken off; how many of the wanted rotations are done with it."""
        if (job := unfinished()) is None:
            return 0
        self.tell(f"goes on with {job}")
        work(job, self.tell, batch)
        found = (job.kind, job.subject)
        return wanted.index(found) + 1 if found in wanted else 0

    def tell(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _suite_of(subject: str) -> int:
    """A new key keeps to the suite of the one before; data keys to the suite of what wraps them."""
    if subject == "kek":
        done = RotationJob.objects.filter(kind=KEK, state=RotationJob.DONE).order_by("started_at").last()
        return done.suite if done else DEFAULT.number
    purpose = WRAPS[subject] if subject in WRAPS else by_label(subject)
    held = KeyVersion.objects.filter(purpose=purpose.label, state=KeyState.PRIMARY)
    return held.values_list("suite", flat=True).get()


def _differs(kind: str, subject: str, number: int) -> bool:
    """Whether a switch to this suite has still to touch these keys."""
    if kind == DATA:
        rows = DataKey.objects.filter(compartment=subject).exclude(suite=number)
        return rows.filter(state__in=READS).exists()
    return _suite_of(subject) != number


def _keks() -> Iterator[str]:
    rows = list(KeyVersion.objects.exclude(state=KeyState.DESTROYED))
    for compartment, name in KEKS.items():
        wraps = [of_kid(row.kid).compartment for row in rows if row.kek == name]
        foreign = [one for one in wraps if one != compartment]
        held = "held here" if compartment in held_compartments() else "not handed to this process"
        yield f"key-encryption key {name:<10}wraps {len(wraps):>3} purpose keys, {held}"
        if foreign:
            yield f"  {len(foreign)} of them belong to other compartments: `keys rotate kek` gives each its own"


def _versions() -> Iterator[str]:
    for row in KeyVersion.objects.order_by("purpose", "kid"):
        since = row.changed_at.date()
        yield f"{row.purpose:<14}{row.kid:>6}  {row.state:<10}{suite(row.suite).word:<5}since {since}"


def _data_keys() -> Iterator[str]:
    counted = DataKey.objects.values_list("compartment", "state", "suite").annotate(Count("id")).order_by()
    for compartment, state, number, count in sorted(counted):
        yield f"data keys {compartment:<10}{state:<10}{SUITES[number].word:<5}{count:>8}"


def _jobs() -> Iterator[str]:
    for job in RotationJob.objects.order_by("-started_at")[:10]:
        yield f"{job.state:<8}{job.kind} {job.subject}: {job.phase} {job.done} of {job.total}  since {job.started_at:%F %T}"
