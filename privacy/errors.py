"""What can go wrong with sealed data. No message here ever carries the data or a key."""


class SealError(Exception):
    """The one answer to every failure of opening or sealing: wrong key, place, version or byte."""


class KeyRingError(SealError):
    """The key ring cannot be used at all: missing, unsafe or foreign key file. The process must not go on."""


class StaleRow(Exception):
    """Somebody saved this row after it was read here."""


class TooVague(Exception):
    """The search would touch too many people: a single character, a bare surname, or too many candidates."""
