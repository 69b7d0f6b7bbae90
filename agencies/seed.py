"""The agencies of 扎赉诺尔区 as a first list, and one account for each role: all of it data to be corrected.

Not verified: that the district has a court of its own. Taken as a default: overdue matters go up to the
federation of 满洲里市, which administers the district for 呼伦贝尔市.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from agencies.kinds import AgencyKind, Role
from agencies.models import Agency, Area, Posting, User
from agencies.services import one_time_password

DISTRICT = "150703"
AREAS = (
    ("1507", "呼伦贝尔市", None),
    ("150781", "满洲里市", "1507"),
    (DISTRICT, "扎赉诺尔区", "150781"),
    ("150703001", "第一街道", DISTRICT),
    ("150703002", "第二街道", DISTRICT),
    ("150703003", "第三街道", DISTRICT),
    ("150703004", "第四街道", DISTRICT),
    ("150703005", "第五街道", DISTRICT),
    ("150703100", "灵泉镇", DISTRICT),
)
K = AgencyKind
# kind, full name, short name, area, belongs to, overdue matters go up to
HOME, UP, TOP = "扎赉诺尔区妇女联合会", "满洲里市妇女联合会", "呼伦贝尔市妇女联合会"
AGENCIES = (
    (K.FEDERATION, TOP, "呼伦贝尔市妇联", "1507", "", ""),
    (
        K.FEDERATION,
        UP,
        "满洲里市妇联",
        "150781",
        TOP,
        TOP,
    ),
    (K.FEDERATION, HOME, "区妇联", DISTRICT, UP, UP),
    (K.POLICE, "扎赉诺尔区公安分局", "区公安分局", DISTRICT, "", ""),
    (K.POLICE, "第一街道派出所", "一街派出所", "150703001", "扎赉诺尔区公安分局", "扎赉诺尔区公安分局"),
    (K.POLICE, "灵泉派出所", "灵泉派出所", "150703100", "扎赉诺尔区公安分局", "扎赉诺尔区公安分局"),
    (K.COURT, "扎赉诺尔区人民法院", "区法院", DISTRICT, "", ""),
    (K.CIVIL_AFFAIRS, "扎赉诺尔区民政局", "区民政局", DISTRICT, "", ""),
    (K.JUSTICE, "扎赉诺尔区司法局（法律援助中心）", "区司法局", DISTRICT, "", ""),
    (K.PROCURATORATE, "扎赉诺尔区人民检察院", "区检察院", DISTRICT, "", ""),
    (K.PARTNER, "扎赉诺尔区残疾人联合会", "区残联", DISTRICT, "", ""),
    (K.PARTNER, "扎赉诺尔区人力资源和社会保障局", "区人社局", DISTRICT, "", ""),
    (K.PARTNER, "扎赉诺尔区总工会", "区总工会", DISTRICT, "", ""),
    (K.PARTNER, "扎赉诺尔区卫生健康委员会", "区卫健委", DISTRICT, "", ""),
    (K.PARTNER, "扎赉诺尔区人民政府办公室", "区政府办", DISTRICT, "", ""),
    (K.HOSPITAL, "扎赉诺尔区人民医院", "区医院", DISTRICT, "", ""),
    (K.SCHOOL, "扎赉诺尔区第一中学", "区一中", DISTRICT, "", ""),
    (K.COMMITTEE, "第一街道居民委员会", "一街居委会", "150703001", "", ""),
    (K.COMMITTEE, "第二街道居民委员会", "二街居委会", "150703002", "", ""),
    (K.COMMITTEE, "第三街道居民委员会", "三街居委会", "150703003", "", ""),
    (K.COMMITTEE, "第四街道居民委员会", "四街居委会", "150703004", "", ""),
    (K.COMMITTEE, "第五街道居民委员会", "五街居委会", "150703005", "", ""),
    (K.COMMITTEE, "灵泉镇居民委员会", "灵泉居委会", "150703100", "", ""),
    (K.GOVERNANCE_CENTRE, "扎赉诺尔区综治中心", "区综治中心", DISTRICT, "", ""),
    (K.STATISTICS, "扎赉诺尔区统计局", "区统计局", DISTRICT, "", ""),
    (K.COMMITTEE_OFFICE, "扎赉诺尔区妇女儿童工作委员会办公室", "区妇儿工委办", DISTRICT, "", ""),
)
# username, name shown, role, agency
ACCOUNTS = (
    ("jiexian", "接线员 乌兰", Role.OPERATOR, HOME),
    ("gean", "个案员 苏敏", Role.CASEWORKER, HOME),
    ("zhiban", "值班长 高娃", Role.LEAD, HOME),
    ("gonganju", "分局民警 张卫国", Role.LIAISON, "扎赉诺尔区公安分局"),
    ("jingwu", "民警 赵铁山", Role.LIAISON, "灵泉派出所"),
    ("fayuan", "法官助理 林正", Role.LIAISON, "扎赉诺尔区人民法院"),
    ("minzheng", "民政干部 孟和", Role.LIAISON, "扎赉诺尔区民政局"),
    ("yuanzhu", "法援律师 何晴", Role.LIAISON, "扎赉诺尔区司法局（法律援助中心）"),
    ("juwei", "居委会 陈桂兰", Role.LIAISON, "灵泉镇居民委员会"),
    ("weijian", "卫健干部 斯琴", Role.LIAISON, "扎赉诺尔区卫生健康委员会"),
    ("zhengfu", "分管副区长 包建军", Role.LIAISON, "扎赉诺尔区人民政府办公室"),
    ("tongji", "统计员 白音", Role.SUPERVISOR, "扎赉诺尔区统计局"),
    ("fuergongwei", "妇儿工委办 那仁", Role.SUPERVISOR, "扎赉诺尔区妇女儿童工作委员会办公室"),
    ("shangji", "市妇联值班长 韩冬", Role.LEAD, UP),
    ("shenji", "审计员 于洁", Role.AUDITOR, HOME),
    ("guanli", "管理员 陶然", Role.ADMINISTRATOR, HOME),
)


@dataclass(frozen=True)
class Account:
    role: str
    agency: str
    username: str
    password: str


@transaction.atomic
def seed_agencies() -> dict[str, Agency]:
    """All agencies by full name. What exists already stays as somebody has changed it."""
    for code, name, parent in AREAS:
        Area.objects.get_or_create(code=code, defaults={"name": name, "parent_id": parent})
    found: dict[str, Agency] = {}
    for kind, name, short, area, parent, up in AGENCIES:
        defaults: dict[str, Any] = {"kind": kind, "short_name": short, "area_id": area}
        defaults |= {"parent": found.get(parent), "escalates_to": found.get(up)}
        found[name] = Agency.objects.get_or_create(name=name, defaults=defaults)[0]
    return found


@transaction.atomic
def seed_accounts() -> list[Account]:
    """One account per role. Passwords are made here once and kept in DATA_DIR for its owner to read."""
    agencies, told = seed_agencies(), _told()
    accounts: list[Account] = []
    for username, shown, role, agency in ACCOUNTS:
        is_new = username not in told
        password = told.setdefault(username, one_time_password())
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User.objects.create_user(username, password, display_name=shown)
            Posting.objects.create(user=user, agency=agencies[agency], role=role)
        elif is_new:
            # The file was lost: a password that nobody can look up any more is replaced.
            user.set_password(password)
            user.save(update_fields=["password"])
        accounts.append(Account(str(role.label), agencies[agency].short_name, username, password))
    _tell(told)
    return accounts


def _path() -> Path:
    return Path(settings.DATA_DIR) / "demo-accounts.json"


def _told() -> dict[str, str]:
    return dict(json.loads(_path().read_text("utf-8"))) if _path().exists() else {}


def _tell(passwords: dict[str, str]) -> None:
    _path().parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(passwords, out, indent=1)
