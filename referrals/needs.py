"""What a referral needs before her data may go to another body."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.codes import AgeBand, Danger, Flag
from referrals.codes import ALLOWED, Basis, GivenBy, Service
from workflow.table import need

if TYPE_CHECKING:
    from casework.models import Case
    from referrals.models import Consent, Referral

UNDER_14 = (AgeBand.UNDER_6, AgeBand.UNDER_14)


def is_legal_aid(referral: "Referral") -> bool:
    return referral.service == Service.LEGAL_AID


def limitation_near(referral: "Referral") -> bool:
    return is_legal_aid(referral) and referral.limitation_on is not None


@need(_("Only a refusal of legal aid has this objection."), law="L10")
def legal_aid_only(referral: "Referral") -> bool:
    return is_legal_aid(referral)


@need(_("Only help with a livelihood has a sum."))
def no_sum_but_for_a_livelihood(referral: "Referral") -> bool:
    return referral.amount is None or referral.service == Service.LIVELIHOOD


@need(_("Choose the body that receives the referral."))
def receiver_chosen(referral: "Referral") -> bool:
    return referral.receiver_id is not None


@need(
    _("Say on what her data may go there: her consent, or the legal basis for going without it."), law="D06"
)
def basis_given(referral: "Referral") -> bool:
    return bool(referral.basis)


@need(
    _(
        "With consent: its last day, who gave it and how, unless one for this body and service is in force. "
        "Without: which duty or danger requires it."
    ),
    law="D01 D02",
)
def consent_or_reason(referral: "Referral") -> bool:
    if referral.basis != Basis.CONSENT:
        return bool(referral.asked.get("why_without"))
    return _newly_given(referral) or referral.consent_on_record() is not None


def _newly_given(referral: "Referral") -> bool:
    asked, day = referral.asked, timezone.localdate(referral.moment)
    until = asked.get("consent_until")
    return until is not None and until >= day and bool(asked.get("given_by")) and bool(asked.get("how"))


def _is_child(case: "Case") -> bool:
    return case.victim_age_band in UNDER_14


@need(_("She is under 14: consent is her guardian's to give."), law="D03")
def guardian_consents_for_a_child(referral: "Referral") -> bool:
    given_by = referral.asked.get("given_by")
    return (
        referral.basis != Basis.CONSENT
        or not _is_child(referral.case)
        or given_by in (None, GivenBy.GUARDIAN)
    )


@need(
    _(
        "The guardian is the suspected perpetrator: his or her consent counts for nothing. Go by the statutory duty."
    ),
    law="D03",
)
def guardian_is_not_the_suspect(referral: "Referral") -> bool:
    suspect = Flag.GUARDIAN_SUSPECT in referral.case.flags
    return not (
        suspect and referral.basis == Basis.CONSENT and referral.asked.get("given_by") == GivenBy.GUARDIAN
    )


@need(_("More is ticked than a body of this service may be told."), law="D02")
def only_what_it_may_have(referral: "Referral") -> bool:
    return {str(item) for item in referral.shares} <= {str(item) for item in ALLOWED[referral.service]}


@need(_("The danger is high: no mediation and no persuading her to make up."), law="F03")
def no_mediation_at_high_danger(referral: "Referral") -> bool:
    return referral.service != Service.MEDIATION or referral.case.danger != Danger.HIGH


@need(_("Choose a body other than the one it was with."), law="N02")
def another_body(referral: "Referral") -> bool:
    return referral.next_receiver_id is not None and referral.next_receiver_id != referral.receiver_id


@need(_("The last day of a consent lies in the future, or it is today."), law="D05")
def ends_later(consent: "Consent") -> bool:
    return consent.ends_on >= timezone.localdate(consent.moment)


@need(_("She is under 14: consent is her guardian's to give."), law="D03")
def guardian_gives_it_for_a_child(consent: "Consent") -> bool:
    return not _is_child(consent.case) or consent.given_by == GivenBy.GUARDIAN


@need(
    _(
        "The guardian is the suspected perpetrator: his or her consent counts for nothing. Go by the statutory duty."
    ),
    law="D03",
)
def giver_is_not_the_suspect(consent: "Consent") -> bool:
    return consent.given_by != GivenBy.GUARDIAN or Flag.GUARDIAN_SUSPECT not in consent.case.flags
