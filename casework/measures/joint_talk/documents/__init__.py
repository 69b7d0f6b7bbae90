"""约谈通知: the notice that calls an employer to a talk. The woman is not named in it."""

from pathlib import Path

from agencies.who import caseworker
from casework.documents.facts import Facts
from casework.measures.joint_talk.models import JointTalk
from casework.measures.joint_talk.workflow import S
from casework.paper.papers import Paper
from casework.paper.reader import Reader

LAYOUT = Path(__file__).with_name("notice.yaml")


def notice(talk: JointTalk, reader: Reader) -> Facts:
    partners = [body.name for body in (talk.labour_office, talk.union) if body]
    return {
        "subject": talk.get_subject_display(),
        "labour_office": talk.labour_office.name if talk.labour_office else "",
        "partners": "、".join([*partners, talk.case.agency.name]),
        "talk_on": talk.talk_on,
        "place": talk.place,
        **reader.open(talk, "employer", "facts_of_matter", "demand"),
        **({"number": talk.number} if talk.number else {}),
    }


PAPERS = (
    Paper(
        "joint_talk_notice", JointTalk, LAYOUT, notice, who=caseworker,
        offered=lambda talk: talk.state in {S.PROPOSED, S.CALLED},
    ),
)  # fmt: skip
