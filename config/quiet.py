"""A process of ours tells nothing of what it held when it dies: no core file, no text of an exception.

A core file is the memory of the process, keys and open names in it. The text of an exception quotes the row it failed
on ("Key (phone)=(138...) already exists"): served requests and tasks leave it out (see logs), and so does whatever
ends a command by hand, such as a migration.
"""

import resource
import sys
import threading
from collections.abc import Iterator
from traceback import extract_tb
from types import TracebackType

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError

# Their text is about the set-up, and whoever sets up needs it.
TELLING = (CommandError, ImproperlyConfigured, ImportError)


def keep_quiet() -> None:
    """For every process, as early as Django is up. What somebody else put in the hooks stays there."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))  # the units set both (deploy/systemd/hardening.conf)
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = tell
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = _tell_of_thread


def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The class, the database's code, the places in the code; the same of what it came from."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    sys.stderr.write("\n".join(_lines(error, trace)) + "\n")


def _lines(error: BaseException, trace: TracebackType | None) -> Iterator[str]:
    came_from = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if came_from is not None:
        yield from _lines(came_from, came_from.__traceback__)
    yield from (f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(trace))
    code = getattr(error, "sqlstate", None)
    text = f": {error}" if isinstance(error, TELLING) else ""
    yield f"{type(error).__qualname__}{f' {code}' if code else ''}{text}"


def _tell_of_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
        tell(args.exc_type, args.exc_value, args.exc_traceback)
