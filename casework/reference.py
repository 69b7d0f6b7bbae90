"""Names for a case that say nothing about anybody."""

import secrets

# Without 0 O 1 I L, which are misread on paper and over the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
WORDS = [
    "白桦",
    "云杉",
    "樟松",
    "红柳",
    "沙棘",
    "芍药",
    "百合",
    "杜鹃",
    "金莲",
    "丁香",
    "海棠",
    "木槿",
    "茉莉",
    "蔷薇",
    "紫藤",
    "银杏",
    "青竹",
    "翠柏",
    "鸿雁",
    "百灵",
    "天鹅",
    "灰鹤",
    "沙燕",
    "云雀",
    "喜鹊",
    "白鹭",
    "驯鹿",
    "雪兔",
    "松鼠",
    "羚羊",
    "骏马",
    "星河",
    "晨雾",
    "晚霞",
    "春溪",
    "远山",
    "湖泊",
    "草原",
    "月亮",
    "石桥",
    "灯塔",
    "帆船",
    "风铃",
    "琥珀",
    "玛瑙",
    "青瓷",
]


SHORT = 8  # attempts before a name grows longer: when most short ones are taken, no search goes on for ever


def new_reference(attempt: int = 0) -> str:
    return "HH-" + "".join(secrets.choice(ALPHABET) for _ in range(5 + attempt // SHORT))


def new_alias(attempt: int = 0) -> str:
    return f"{secrets.choice(WORDS)}-{secrets.randbelow(9990 * 10 ** (attempt // SHORT)) + 10}"
