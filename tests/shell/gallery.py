"""All components of the shell on one page, with made-up contents: what the browser tests look at."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from agencies.actor import Actor
from workflow.when import When

OPERATOR = Actor(UUID(int=1), UUID(int=2), UUID(int=3), "federation", "operator", "李萍")


class PersonForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=32, help_text="不知道可以写称呼")
    id_number = forms.CharField(label="身份证号", required=False)
    town = forms.ChoiceField(label="所在街道", choices=[("", "请选择"), ("1", "第一街道"), ("2", "第二街道")])
    forms_of_violence = forms.MultipleChoiceField(
        label="暴力形式",
        choices=[("physical", "身体"), ("psychological", "精神"), ("sexual", "性"), ("economic", "经济控制")],
        widget=forms.CheckboxSelectMultiple,
    )
    safe = forms.ChoiceField(
        label="现在安全吗",
        choices=[("1", "安全"), ("2", "不安全"), ("3", "不便说话")],
        widget=forms.RadioSelect,
    )
    account = forms.CharField(label="发生了什么", widget=forms.Textarea, max_length=60, required=False)
    informed = forms.BooleanField(label="已告知可以申请人身安全保护令", help_text="接待中发现家暴即应告知")

    def clean_id_number(self) -> str:
        if self.cleaned_data["id_number"]:
            raise forms.ValidationError("身份证号第 7–14 位不是有效日期")
        return ""


def bad_form() -> PersonForm:
    return PersonForm({"name": "王", "id_number": "150703199913401234", "safe": "1", "account": "夜里"})


def _clocks(now: datetime) -> list[dict[str, Any]]:
    rows = [
        ("派出所决定是否出具告诫书", -2.2, "overdue", False, "W05", "第一派出所"),
        ("法院作出裁定", 5.1, "soon", False, "A28", "区人民法院"),
        ("首次查访", 76, "", False, "W11", "第一派出所"),
        ("再次评估危险", 30, "", True, "", "承办人"),
        ("报上级妇联", -1, "overdue", True, "", "值班长"),
    ]
    names = ("name", "due", "state", "policy", "law", "owner")
    return [
        dict(zip(names, (name, now + timedelta(hours=hours), *rest), strict=True))
        for name, hours, *rest in rows
    ]


def gallery_context() -> dict[str, Any]:
    now = timezone.now()
    return {
        "actor": OPERATOR,
        "danger_high": True,
        "danger_url": "#danger",
        "started": now - timedelta(seconds=42),
        "soon": now + timedelta(hours=5, seconds=20),
        "month": When.month(2024, 10),
        "fixed": datetime(2026, 3, 5, 6, 30, tzinfo=UTC),
        "clocks": _clocks(now),
        "bad": bad_form(),
        "rows": [("本人", 124), ("旁人", 57), ("机构", 23), ("无声", None), ("骚扰、误拨", 10)],
        "chips": [{"label": "街道：第一街道", "url": "#1"}, {"label": "危险：高", "url": "#2"}],
        "table": [
            ("HH-7K3M9", "high", "办理中", "active", "法院裁定 还剩 5 小时", "12"),
            ("HH-4WQ2T", "medium", "等待送达", "soon", "首次查访 还剩 3 天 4 小时", "6"),
            ("HH-9PX6A", "undetermined", "草稿", "", "没有期限", "<5"),
            ("HH-2RC8V", "low", "已结束", "done", "回访 2026年4月5日", "7"),
        ],
    }
