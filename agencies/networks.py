"""From which networks people of an agency may work: asked at every request."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network


def admits(cidrs: Iterable[str], address: str | None) -> bool:
    """Whether the address lies in one of the networks; where none is named, everywhere is right."""
    named = list(cidrs)
    if not named:
        return True
    if address is None:
        return False
    found = ip_address(address)
    return any(found in ip_network(cidr) for cidr in named)


def parsed(text: str) -> list[str]:
    """One network per line, in its one spelling. ValueError names the line that is none."""
    found: dict[str, None] = {}
    for line in text.split():
        try:
            found[str(ip_network(line))] = None
        except ValueError:
            raise ValueError(line[:50]) from None
    return list(found)
