"""docs/deploy.md as what it is: lines that somebody types. What stands in `<...>` that person fills in."""

import re
from dataclasses import dataclass

from config.runtime.messages import ROOT

PAGE = ROOT / "docs" / "deploy.md"
BLANK = re.compile(r"<[a-z ]+>")


@dataclass(frozen=True)
class Typed:
    """One command: `#` is typed as root on the server, `$` on the machine without network."""

    section: int
    prompt: str
    text: str

    def filled(self, blanks: dict[str, str]) -> str:
        """Its text with every blank filled in; KeyError for a blank that nobody has thought of."""
        return BLANK.sub(lambda blank: blanks[blank.group()], self.text)


def typed() -> list[Typed]:
    """Every command of the page, in its order; a line without a prompt goes on with the one before."""
    found: list[Typed] = []
    section, inside = 0, False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"## (\d+)\.", line):
            section = int(heading[1])
        if line.startswith("```"):
            inside = not inside
        elif inside and line[:2] in ("# ", "$ "):
            found.append(Typed(section, line[0], line[2:]))
        elif inside:
            last = found.pop()
            found.append(Typed(last.section, last.prompt, f"{last.text}\n{line}"))
    return found


def of_section(number: int) -> list[Typed]:
    return [one for one in typed() if one.section == number]
