"""Papers for tests: printed as the product prints them, and read as a reader would."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from pypdf import PdfReader

from agencies.actor import Actor
from casework import services
from casework.models import Case, Document
from casework.paper.papers import find_paper
from tests.casework.cases import a_case, answers, with_victim
from tests.people import town
from tests.protection_orders.orders import at

CANARY = "呼伦湖畔金丝雀巷"  # stands in every field that says where somebody is now
NAME = "䶮㛃𬱖·𫍽"
ACCOUNT = "酒后推搡，用手掌击打头面部"


def a_told_case(worker: Actor, **fields: Any) -> Case:
    """A case with people, violence, evidence, danger; every address is the canary."""
    case = a_case(worker, area=town(), cause="长期酗酒", wish="想申请保护令", **fields)
    with_victim(case, worker, name=NAME, address=CANARY)
    services.add_person(
        case, actor=worker, role="respondent", name="赵某强", sex="m", age=40,
        relation_to_victim="1_spouse", address=CANARY,
    )  # fmt: skip
    services.add_person(
        case, actor=worker, role="child", name="赵小某", sex="f", age=7,
        relation_to_victim="2_parent_child", address=CANARY,
    )  # fmt: skip
    services.record_incident(
        case, actor=worker, forms=["physical"], account=ACCOUNT, place="原共同住处", when=at("2026-03-01")
    )
    services.register_evidence(case, actor=worker, kind="E7", title="门诊病历")
    services.record_reporter(case, actor=worker, name="报告人金", phone="13900001111")
    services.set_safe_contact(
        case, actor=worker, phone="13700002222", code_word="送快递", cover_identity="保险公司"
    )
    services.assess_danger(case, actor=worker, answers=answers("1", "2", "F1"))
    return Case.objects.get(pk=case.pk)


def printed(kind: str, obj: Any, actor: Actor, **options: Any) -> Document:
    paper = find_paper(kind)
    assert paper is not None, kind
    return services.print_paper(paper, obj.pk, actor=actor, **options)


def content(document: Document, ending: str, actor: Actor) -> bytes:
    return services.document_file(document.files.get(ending=ending), actor=actor)


def pdf_text(document: Document, actor: Actor) -> str:
    """All that can be read in the PDF, without the breaks of lines."""
    pages = PdfReader(BytesIO(content(document, "pdf", actor))).pages
    return "".join("".join(page.extract_text().replace("\u200b", "").split()) for page in pages)


def word_xml(document: Document, actor: Actor) -> str:
    """Every part of the Word file that holds text."""
    with ZipFile(BytesIO(content(document, "docx", actor))) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
