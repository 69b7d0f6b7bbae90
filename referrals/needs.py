"""What a referral needs before her data may go to another body."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from referrals.models import Referral


@need(_("Choose the body that receives the referral."))
def receiver_chosen(referral: "Referral") -> bool:
    return referral.receiver_id is not None


@need(_("Record her consent for this body, or the legal basis for going without it."), law="D06")
def consent_or_basis(referral: "Referral") -> bool:
    return bool(referral.basis)
