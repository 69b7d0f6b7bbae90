"""Who performs a scenario: the district's own people, standing in for the bodies of the published case."""

from dataclasses import dataclass

from agencies.actor import Actor
from agencies.models import Posting
from agencies.seed import seed_accounts
from agencies.selectors import actor_of


@dataclass(frozen=True)
class Cast:
    operator: Actor
    caseworker: Actor
    lead: Actor
    police: Actor
    court: Actor
    legal_aid: Actor
    shelter: Actor


NAMES = {
    "operator": "jiexian", "caseworker": "gean", "lead": "zhiban", "police": "jingwu", "court": "fayuan",
    "legal_aid": "yuanzhu", "shelter": "minzheng",
}  # fmt: skip


def call_together() -> Cast:
    """The seeded accounts, made if they are not there yet."""
    seed_accounts()
    rows = Posting.objects.filter(user__username__in=NAMES.values(), ends=None).select_related(
        "user", "agency"
    )
    by_name = {row.user.username: actor_of(row) for row in rows}
    return Cast(**{part: by_name[name] for part, name in NAMES.items()})
