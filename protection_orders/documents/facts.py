"""The facts of an order's papers. Opened for paper: never where she lives, never her number, never her work place."""

from typing import Any

from casework.codes import EvidenceClass, Role
from casework.documents.facts import Facts, evidence, first, incidents, open_people
from casework.measures.follow_up_visit.documents import visit_facts
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.paper.literal import literal, ticked, when
from casework.paper.reader import Reader
from protection_orders import codes as c
from protection_orders.models import Breach, Petition, ProtectionOrder
from protection_orders.renewal import grounds_for
from protection_orders.selectors import people_of
from protection_orders.workflow import S


def parties(order: ProtectionOrder, reader: Reader) -> Facts:
    """Whom it concerns: the applicant by name and number of her identity card, the respondent also by telephone."""
    rows = people_of(order)
    accused = [row for row in rows if row.role == Role.RESPONDENT]
    hers = [row for row in rows if row.role != Role.RESPONDENT]
    mine = [row for row in hers if row.role == Role.VICTIM]
    others = [row for row in hers if row.role in {Role.CHILD, Role.PROTECTED_RELATIVE}]
    respondents = open_people(accused, reader, "name", "id_number", "phone", masked=False)
    return {
        "victim": first(open_people(mine, reader, "name", "id_number")),
        "protected": open_people(others, reader, "name"),
        "respondents": respondents or [{}],
        "respondent": first(respondents),
    }


def order_facts(order: ProtectionOrder) -> Facts:
    return {
        "ruling": order.ruling_number,
        "court_number": order.court_number,
        "made": order.made_on,
        "end": order.lapses_on,
        "extensions": order.extensions,
        "granted": "；".join(order.granted_labels),
        "relation": order.get_relation_display() if order.relation else order.case.get_relation_display(),
    }


def breach_facts(row: Breach) -> Facts:
    return {
        "when": when(row),
        "kind": row.get_kind_display(),
        "found_by": c.Party.APPLICANT.label
        if row.found_by == c.FoundBy.VICTIM
        else row.get_found_by_display(),
        "found": row.found_at,
        "reported": row.reported_at,
    }


def shared(order: ProtectionOrder, reader: Reader, *texts: str) -> Facts:
    return {
        **parties(order, reader),
        "court": order.court.name if order.court else "",
        "order": order_facts(order),
        "texts": reader.open(order, *texts),
        "evidence": evidence(order.case, reader),
    }


def application(order: ProtectionOrder, reader: Reader) -> Facts:
    found = shared(order, reader, "victim_will", "other_request", "service_address")
    violence = incidents(order.case, reader)
    held = {row["code"] for row in found["evidence"]}
    missing = [code for code in order.evidence if code not in held]
    found["evidence"] += [
        {"n": n, "title": EvidenceClass(code).label, "kind": EvidenceClass(code).label}
        for n, code in enumerate(missing, len(found["evidence"]) + 1)
    ]
    return found | {
        "proxy": order.applicant == c.Applicant.PROXY
        and {"who": order.get_proxy_by_display(), "ground": order.get_proxy_ground_display()},
        "requested": [*order.requested_labels, *filter(None, [literal(found["texts"]["other_request"])])],
        "urgent": order.urgent,
        "incidents": violence,
        "no_incident": not violence,
        "basis": order.get_legal_basis_display(),
        "jurisdiction": ticked(c.Jurisdiction.choices, order.jurisdiction),
    }


def petition(kind: c.PetitionKind) -> Any:
    """The builder of a later application: what was recorded as asked for, else what the record itself says."""

    def build(order: ProtectionOrder, reader: Reader) -> Facts:
        breaches = [breach_facts(row) for row in order.breaches.all()]
        return shared(order, reader, "service_address") | {
            "extend": kind == c.PetitionKind.EXTEND,
            "vary": kind == c.PetitionKind.VARY,
            "revoke": kind == c.PetitionKind.REVOKE,
            "reconsider": kind == c.PetitionKind.RECONSIDER,
            "before_end": kind != c.PetitionKind.RECONSIDER,
            "dismissed": kind == c.PetitionKind.RECONSIDER and order.state == S.DISMISSED,
            "reconsider_order": kind == c.PetitionKind.RECONSIDER and order.state != S.DISMISSED,
            "breaches": breaches if kind in {c.PetitionKind.EXTEND, c.PetitionKind.VARY} else [],
            "grounds": _grounds(order, kind, reader),
        }

    return build


def _grounds(order: ProtectionOrder, kind: c.PetitionKind, reader: Reader) -> str:
    hers = Petition.objects.filter(order=order, kind=kind, party=c.Party.APPLICANT, outcome="pending")
    written = reader.open(hers.last(), "grounds").get("grounds")
    return literal(written or (grounds_for(order) if kind == c.PetitionKind.EXTEND else ""))


def breach(row: Breach, reader: Reader) -> Facts:
    order = row.order
    sanctions = list(order.sanctions.all())
    earlier = order.breaches.exclude(pk=row.pk).filter(created_at__lt=row.created_at)
    return shared(order, reader) | {
        "police": order.police_agency.name if order.police_agency else "",
        "granted": order.granted_labels,
        "breach": breach_facts(row) | reader.open(row, "account"),
        "earlier": [breach_facts(one) for one in earlier],
        "services": [
            {"who": s.get_recipient_display(), "when": when(s), "how": s.get_how_display()}
            for s in order.services.all()
        ],
        "assistances": [
            {"who": a.get_helper_display(), "when": when(a), "verified": a.verified_at}
            for a in order.assistances.all()
        ],
        "sanctions": [
            {"when": when(s), "kind": s.get_kind_display(), "amount": s.amount, "days": s.days}
            for s in sanctions
        ],
        "prior_count": len(sanctions),
    }


def feedback(order: ProtectionOrder, reader: Reader) -> Facts:
    visits = FollowUpVisit.objects.filter(
        case_id=order.case_id, state="done", basis__in=("order", "order_end")
    )
    return shared(order, reader, "receiving_officer") | {
        "visits": [visit_facts(visit) for visit in visits.order_by("due_at")],
        "breaches": [breach_facts(row) for row in order.breaches.all()],
    }
