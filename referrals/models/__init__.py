"""A referral, the consent it may rest on, the ledger of what went out, and one-time codes."""

from referrals.models.access import Attachment, HandOverCode
from referrals.models.consent import Consent
from referrals.models.disclosure import Disclosure
from referrals.models.referral import Referral

__all__ = ["Attachment", "Consent", "Disclosure", "HandOverCode", "Referral"]
