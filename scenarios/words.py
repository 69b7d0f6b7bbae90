"""From the words of a scenario to the product's own codes."""

import re
from collections.abc import Mapping

from casework.codes import Body, Channel, Flag, Form, Matter, Relation, Role, Sex
from protection_orders.codes import Applicant, BreachKind, FoundBy, ProxyBy, ProxyGround

MATTER = {"property_equality": Matter.PROPERTY}
CHANNEL = {
    "hotline_12338": Channel.HOTLINE, "relative_to_wf": Channel.WALK_IN, "village_committee": Channel.COMMITTEE,
    "employer": Channel.WORKPLACE, "police_110_and_wf": Channel.POLICE_110,
}  # fmt: skip
ROLES = {
    "victim": Role.VICTIM, "perpetrator": Role.RESPONDENT, "respondent": Role.RESPONDENT, "child": Role.CHILD,
    "respondent_employer": Role.RESPONDENT, "neglecting_parent": Role.RESPONDENT, "applicant": Role.VICTIM,
    "co_applicant": Role.PROTECTED_RELATIVE, "third_party_victim": Role.PROTECTED_RELATIVE,
    "protected_relative": Role.PROTECTED_RELATIVE, "proxy_applicant": Role.PROXY, "helper": Role.HELPER,
    "non_reporter": Role.NON_REPORTER, "supervised_agency": Role.BODY, "witness": Role.WITNESS, "guardian": Role.GUARDIAN,
}  # fmt: skip
SEX = {"f": Sex.FEMALE, "m": Sex.MALE}
BODIES = (
    ("妇联", Body.FEDERATION), ("派出所", Body.POLICE), ("公安", Body.POLICE), ("警", Body.POLICE), ("检察", Body.PROCURATORATE),
    ("法院", Body.COURT), ("民政", Body.CIVIL_AFFAIRS), ("庇护", Body.CIVIL_AFFAIRS), ("救助", Body.CIVIL_AFFAIRS),
    ("法律援助", Body.JUSTICE), ("司法", Body.JUSTICE), ("居委", Body.COMMITTEE), ("村委", Body.COMMITTEE),
    ("社区", Body.COMMITTEE), ("学校", Body.SCHOOL), ("幼儿园", Body.SCHOOL), ("老师", Body.SCHOOL),
    ("校", Body.SCHOOL), ("医", Body.HOSPITAL),
    ("公司", Body.EMPLOYER), ("单位", Body.EMPLOYER), ("双方", Body.BOTH), ("多部门", Body.SEVERAL),
)  # fmt: skip
PROXIES = (
    ("妇联", ProxyBy.FEDERATION), ("残联", ProxyBy.DISABLED), ("公安", ProxyBy.POLICE), ("派出所", ProxyBy.POLICE),
    ("居", ProxyBy.COMMITTEE), ("村", ProxyBy.COMMITTEE), ("民政", ProxyBy.CIVIL_AFFAIRS), ("救助", ProxyBy.RELIEF),
    ("老", ProxyBy.AGED), ("wf", ProxyBy.FEDERATION),
)  # fmt: skip
BREACHES = (
    ("privacy", BreachKind.PRIVACY), ("publish", BreachKind.PRIVACY), ("隐私", BreachKind.PRIVACY),
    ("harass", BreachKind.HARASSMENT), ("follow", BreachKind.HARASSMENT), ("contact", BreachKind.HARASSMENT),
    ("stalk", BreachKind.HARASSMENT), ("骚扰", BreachKind.HARASSMENT), ("threat", BreachKind.THREAT),
    ("violence", BreachKind.VIOLENCE), ("beat", BreachKind.VIOLENCE),
    ("hit", BreachKind.VIOLENCE), ("assault", BreachKind.VIOLENCE),
    ("move", BreachKind.PLACE), ("compl", BreachKind.NOT_DONE),
)  # fmt: skip


def one_of(text: str, table: tuple[tuple[str, str], ...], default: str) -> str:
    lowered = text.lower()
    return next((code for word, code in table if word in lowered), default)


def body(text: str) -> str:
    """Several bodies named: the federation if it is one of them."""
    if re.match(r"(V\d|CH)", text):
        return Body.VICTIM
    if re.match(r"P\d", text):
        return Body.RESPONDENT
    return one_of(text, BODIES, Body.OTHER if text else Body.UNKNOWN)


def names_federation(text: str) -> bool:
    return "妇联" in text or re.search(r"\bWF\b", text) is not None


def found_by(text: str) -> str:
    where = body(text)
    if "community" in text or "committee" in text or "village" in text:
        return FoundBy.COMMITTEE
    if "court" in text:
        return FoundBy.COURT
    return where if where in FoundBy.values else FoundBy.OTHER


def relation(code: object) -> str:
    """The product's code for a scenario's; codes 1-6 agree in their number."""
    text = str(code or Relation.NOT_STATED)
    if text in Relation.values:
        return text
    return next(
        (value for value in Relation.values if value.split("_")[0] == text.split("_")[0]), Relation.NOT_STATED
    )


def unread(raw: Mapping[str, object], forms: Mapping[str, object]) -> list[str]:
    """Words that stand in the file and that no code of the product answers to."""
    known = {*Form.values, "acts", "other"}
    found = [
        f"form of violence {one}: no such form; left out" for one in forms if one not in known and forms[one]
    ]
    code = str(raw.get("relation_primary") or Relation.NOT_STATED)
    if relation(code) == Relation.NOT_STATED and not code.startswith("X0"):
        found.append(f"relation {code}: no such relation; filed as not stated")
    return found


def is_true(value: object) -> bool:
    return value is True or str(value).lower() in ("true", "yes")


def answers(scale: Mapping[str, object]) -> dict[str, str]:
    """The scale's answers: only what the text supports is yes or no."""
    found: dict[str, str] = {}
    for name in ("items", "flags"):
        rows = scale.get(name)
        for key, value in rows.items() if isinstance(rows, dict) else ():
            found[str(key)] = (
                "yes" if is_true(value) else "no" if str(value).lower() in ("false", "no") else "unknown"
            )
    return found


def flags(row: Mapping[str, object]) -> tuple[list[str], list[str]]:
    """(flags the product knows, flags it does not)."""
    given = row.get("flags")
    names = [str(flag) for flag in given] if isinstance(given, list) else []
    return [f for f in names if f in Flag.values], [f for f in names if f not in Flag.values]


def applicant(order: Mapping[str, object]) -> str:
    text = str(order.get("applicant") or "self")
    if order.get("proxy") or text.startswith("proxy"):
        return Applicant.PROXY
    return Applicant.JOINT if text.startswith("joint") else Applicant.SELF


def proxy(order: Mapping[str, object]) -> tuple[str, str]:
    """(who, on which ground) of a proxy; a near relative where no body is named."""
    row = order.get("proxy")
    by = str(row.get("by") or "") if isinstance(row, dict) else str(row or "")
    ground = str(row.get("ground") or "") if isinstance(row, dict) else ""
    who = one_of(by, PROXIES, ProxyBy.RELATIVE)
    if any(word in ground for word in ("coer", "threat", "intimid", "威吓", "强制")):
        return who, ProxyGround.COERCED
    if (
        any(word in ground for word in ("capacity", "minor", "age", "child", "未成年", "无民事", "限制"))
        and "old" not in ground
    ):
        return who, ProxyGround.INCAPABLE
    return who, ProxyGround.FRAIL if ground else ProxyGround.INCAPABLE


def number(text: str, unit: str) -> int | None:
    found = re.search(rf"(\d[\d,]*)\s*-?\s*{unit}", text)
    return int(found[1].replace(",", "")) if found else None
