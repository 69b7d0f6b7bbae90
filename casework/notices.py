"""Words for messages in an inbox. A room that sends its own kinds names them here in AppConfig.ready."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_words: dict[str, str | Promise] = {
    "canary_sought": _(
        "Somebody looked for a person who stands only in an export of yours: the list may have got out"
    ),
    "case_passed_on": _("A case was passed on to you"),
    "export_asked": _("Somebody asks to export data"),
    "minor_access_asked": _("Somebody asks to read a minor's data"),
    "minor_emergency": _("A minor's data was opened in an emergency"),
    "task_opened": _("A task was given to you"),
}


def name_notices(words: dict[str, str | Promise]) -> None:
    _words.update(words)


def word(kind: str) -> str | Promise:
    return _words.get(kind, _("There is news in one of your matters"))
