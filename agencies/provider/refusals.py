"""Why a sign-in through the provider came to nothing."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    AWAY = "away"
    BUSY = "busy"
    CANCELLED = "cancelled"
    OUT_OF_DATE = "out_of_date"
    NOT_GENUINE = "not_genuine"
    TOO_WEAK = "too_weak"
    UNKNOWN = "unknown"
    NO_POSTING = "no_posting"
    ELSEWHERE = "elsewhere"


STATUS = {Why.AWAY: 503, Why.BUSY: 429, Why.CANCELLED: 400, Why.OUT_OF_DATE: 400}


@dataclass(eq=False)
class Refused(Exception):
    """`subject`: what the person is called by the provider, for her own eyes. `detail`: a code for the log."""

    why: Why
    detail: str = ""
    subject: str = ""
    wait: int = 0

    @property
    def status(self) -> int:
        return STATUS.get(self.why, 403)
