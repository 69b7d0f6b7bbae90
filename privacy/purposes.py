"""What the keys are for, the compartment each belongs to, and the key-encryption key that wraps those of a compartment.

A process is handed the key-encryption keys of its own compartments and no other (config/processes.py): with them it
cannot unwrap what the others' keys wrap, whatever it reads from the database.
"""

from enum import IntEnum

VICTIM = "victim"
REPORTER = "reporter"
STAFF = "staff"


class Purpose(IntEnum):
    """What a purpose key is for. A kid is generation * 16 + this number, so a kid names its purpose."""

    DEK_VICTIM = 1
    DEK_REPORTER = 2
    BI_PHONE = 3
    BI_ID = 4
    BI_NAME = 5
    BI_GRAM = 6
    BI_PINYIN = 7
    AUDIT = 8
    CHECKPOINT = 9
    POSTING = 10
    DEK_STAFF = 11

    @property
    def label(self) -> str:
        return self.name.lower().replace("_", "-")

    @property
    def compartment(self) -> str:
        return COMPARTMENTS.get(self, VICTIM)


WRAPS = {VICTIM: Purpose.DEK_VICTIM, REPORTER: Purpose.DEK_REPORTER, STAFF: Purpose.DEK_STAFF}
SEARCHING = (Purpose.BI_PHONE, Purpose.BI_ID, Purpose.BI_NAME, Purpose.BI_GRAM, Purpose.BI_PINYIN)
# Everybody who serves people signs them in and writes the register. Who signs its checkpoints holds the reporter's
# keys too: the desk and the worker, no process that another body or the public numbers can reach.
COMPARTMENTS = {
    Purpose.AUDIT: STAFF,
    Purpose.POSTING: STAFF,
    Purpose.DEK_STAFF: STAFF,
    Purpose.CHECKPOINT: REPORTER,
    Purpose.DEK_REPORTER: REPORTER,
}
KEKS = {VICTIM: "kek", REPORTER: "reporter", STAFF: "door"}


def of_kid(kid: int) -> Purpose:
    return Purpose(kid % 16)
