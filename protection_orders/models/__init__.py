"""The order and its registers."""

from protection_orders.models.order import MADE, RENEW_FROM, ProtectionOrder
from protection_orders.models.registers import Assistance, Breach, Petition, Sanction, ServiceRecord

__all__ = [
    "MADE",
    "RENEW_FROM",
    "Assistance",
    "Breach",
    "Petition",
    "ProtectionOrder",
    "Sanction",
    "ServiceRecord",
]
