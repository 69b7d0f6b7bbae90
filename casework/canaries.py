"""The made-up person in every list that leaves: who looks for it has the list.

`sought` is called by the search; `told` is what happens then, and the one place to add to.
"""

import secrets

from django.db.models import Q

from agencies.actor import SYSTEM, Actor
from casework.models import Canary, Export
from casework.reference import new_alias, new_reference
from privacy.audit import Action, Purpose, record_read
from privacy.blind import name_tags, phone_tags
from privacy.errors import TooVague
from privacy.reading import reveal
from privacy.search import ways
from privacy.tags import having
from workflow.outbox import send

# No operator has been given numbers that begin so.
PREFIX = "154"
SURNAMES = "韩邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
GIVEN = "静敏丽娟艳霞秀玲桂英兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉"


def plant(export: Export) -> Canary:
    """The canary of this export; the same one when it is made again."""
    found: Canary | None = export.canaries.first()
    if found is not None:
        return found
    name = secrets.choice(SURNAMES) + secrets.choice(GIVEN) + secrets.choice(GIVEN)
    phone = f"{PREFIX}{secrets.randbelow(10**8):08}"
    canary = Canary(
        export=export, agency_id=export.agency_id, reference=new_reference(9), alias=new_alias(9),
        name=name, phone=phone, tags=[*name_tags(name), *phone_tags(phone)],
    )  # fmt: skip
    canary.acting(SYSTEM).save()
    return canary


def sought(text: str, actor: Actor) -> list[Canary]:
    """The canaries somebody has just looked for, by reference, telephone or whole name; each is told."""
    found = [one for one in _candidates(text) if _is(one, text.strip())]
    for canary in found:
        told(canary, actor)
    return found


def _candidates(text: str) -> list[Canary]:
    wanted = Q(reference=text.strip().upper())
    try:
        for way in ways(text):
            wanted |= having(*way.terms[-1])
    except TooVague:
        pass
    return list(Canary.objects.filter(wanted).select_related("export")[:20])


def _is(canary: Canary, text: str) -> bool:
    if text.upper() == canary.reference:
        return True
    opened = reveal(canary, "name", "phone", actor=SYSTEM, purpose=Purpose.SYSTEM)
    return text in (opened["name"], opened["phone"])


def told(canary: Canary, actor: Actor) -> None:
    """A row of the register under the export, and a message to the federation whose list it was."""
    record_read(
        actor=actor, action=Action.SEARCH, owner=canary.export_id, table=Canary._meta.db_table,
        object_ids=[canary.pk], fields=["canary"], purpose=Purpose.SEARCH,
    )  # fmt: skip
    send(agency_id=canary.agency_id, kind="canary_sought", obj=canary.export)
