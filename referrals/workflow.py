"""转介: a hand-over to another body, and what comes back. Only a written answer ends it.

Sources: 内蒙古条例 18 (IMAR), 转介单 (HB form 3), 个人信息保护法 13, 23, 28–31 (PIPL), 法律援助法 32, 43, 44, 49 (LA).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, federation, liaison
from referrals import asks, effects, needs
from workflow.table import STAY, Move, Start, Workflow


class S(models.TextChoices):
    DRAFTED = "drafted", p_("referral", "Being prepared")
    SENT = "sent", p_("referral", "Sent")
    SEEN = "seen", p_("referral", "Seen by the other body")
    ACCEPTED = "accepted", p_("referral", "Accepted")
    IN_SERVICE = "in_service", p_("referral", "Service is being given")
    ANSWERED = "answered", p_("referral", "Answered; to be looked at")
    REFUSED = "refused", p_("referral", "Sent back with a reason")
    OBJECTED = "objected", p_("referral", "Refusal under review")
    DONE = "done", p_("referral", "Closed")
    REROUTED = "rerouted", p_("referral", "Passed on to another body")
    WITHDRAWN = "withdrawn", p_("referral", "Withdrawn")


receiver = liaison | caseworker  # many partners have no account: the federation records what they tell it
WAITING, OURS = (S.SENT, S.SEEN), (S.DRAFTED, S.SENT, S.SEEN, S.ACCEPTED, S.IN_SERVICE)
AT_WORK = (S.ACCEPTED, S.IN_SERVICE)
OPEN = (*WAITING, *AT_WORK)
GRADES = ("referral_within_hours", "referral_urgent_1d", "referral_within_days")
URGENCY = (
    Start("referral_within_hours", when=lambda r: r.urgency == "hours"),
    Start("referral_urgent_1d", when=lambda r: r.urgency in ("hours", "urgent")),
    Start("referral_within_days", when=lambda r: r.urgency == "days"),
)
AID = Start("legal_aid_review_7d", when=needs.is_legal_aid)
ASSIGN = Start("legal_aid_assign_3d", when=needs.is_legal_aid)
LIMITATION = Start("legal_aid_urgent_limitation_7d", when=needs.limitation_near, until="limitation_on")
DECIDED = ("legal_aid_review_7d", "legal_aid_urgent_limitation_7d")
CONSENT = (
    needs.basis_given,
    needs.consent_or_reason,
    needs.guardian_consents_for_a_child,
    needs.guardian_is_not_the_suspect,
)

FLOW = Workflow("referral", _("Referral"), S, moves=[
    #    move        button                                from          to            who
    Move("amend",    _("Change the referral"),             (S.DRAFTED,), STAY,         federation,
         takes=("urgency", "receiver?", "request?", "condition?", "companions?", "our_contact?", "limitation_on?"),
         needs=(needs.no_mediation_at_high_danger,), asks_when=False, law="N03"),
    Move("send",     p_("referral", "Send"),               (S.DRAFTED,), S.SENT,       caseworker,
         needs=(needs.receiver_chosen, *CONSENT, needs.only_what_it_may_have, needs.no_mediation_at_high_danger),
         takes=("receiver", "shares?", "basis", *asks.CONSENT), starts=(*URGENCY, AID, LIMITATION),
         does=(effects.settle_consent, effects.write_ledger, effects.tell_receiver, effects.note_sent, effects.tell_her_later),
         law="D06"),
    Move("see",      p_("referral", "Seen"),               (S.SENT,),    S.SEEN,       liaison, asks_when=False, law="F10"),
    Move("accept",   p_("referral", "Accept"),             WAITING,      S.ACCEPTED,   receiver,
         takes=(asks.CONTACT,), starts=("referral_feedback_3wd", ASSIGN), stops=DECIDED,
         does=(effects.tell_sender, effects.note_granted), law="F10"),
    Move("start",    _("The service has begun"),           (S.ACCEPTED,), S.IN_SERVICE, receiver,
         takes=(asks.CONTACT,), stops=(*GRADES, "legal_aid_assign_3d"), does=(effects.tell_sender,), law="L09"),
    Move("feed_back", _("Say how it stands"),              AT_WORK,      STAY,         receiver,
         takes=(asks.ANSWER,), stops=("referral_feedback_3wd",), does=(effects.tell_sender,), law="F10"),
    Move("finish",   _("Answer what was done"),            AT_WORK,      S.ANSWERED,   receiver,
         takes=("outcome", "amount?", asks.ANSWER), needs=(needs.no_sum_but_for_a_livelihood,),
         stops=(*GRADES, "referral_feedback_3wd", "legal_aid_assign_3d"), does=(effects.tell_sender,), law="F10"),
    Move("refuse",   p_("referral", "Send back"),          OPEN,         S.REFUSED,    receiver,
         takes=("refusal", asks.REASON), stops=(*DECIDED, "referral_feedback_3wd"),
         does=(effects.drop_clocks, effects.tell_sender, effects.find_another), law="F10"),
    Move("object",   _("Object to the refusal of legal aid"), (S.REFUSED,), S.OBJECTED, caseworker,
         needs=(needs.legal_aid_only,), takes=(asks.REASON,), starts=("legal_aid_objection_5d",),
         does=(effects.tell_receiver,), law="L10"),
    Move("allow",    _("Review: aid is to be given"),      (S.OBJECTED,), S.ACCEPTED,  receiver,
         takes=(asks.REASON,), starts=(ASSIGN, "referral_feedback_3wd"), stops=("legal_aid_objection_5d",),
         does=(effects.note_granted, effects.tell_sender), law="L10"),
    Move("uphold",   _("Review: the refusal stands"),      (S.OBJECTED,), S.REFUSED,   receiver,
         takes=(asks.REASON,), stops=("legal_aid_objection_5d",), does=(effects.tell_sender,), law="L10"),
    Move("rebase",   _("New consent or legal basis"),      OPEN,         STAY,         caseworker,
         needs=CONSENT, takes=("basis", *asks.CONSENT), asks_when=False,
         does=(effects.settle_consent, effects.write_ledger), law="D02"),
    Move("reroute",  _("Pass on to another body"),         (*WAITING, S.REFUSED), S.REROUTED, caseworker,
         needs=(needs.another_body,), takes=("next_receiver", asks.REASON),
         does=(effects.drop_clocks, effects.tell_receiver, effects.draft_next), law="N02", asks_when=False),
    Move("close",    _("Close: what she needed is answered"), (S.ANSWERED,), S.DONE,   caseworker,
         takes=(asks.NEED_MET,), does=(effects.note_end,), law="F10", asks_when=False),
    Move("let_rest", _("Close: no other body is needed"),  (S.REFUSED,), S.DONE,       caseworker,
         takes=(asks.REASON,), does=(effects.note_end,), law="N02", asks_when=False),
    Move("withdraw", p_("referral", "Withdraw"),           OURS,         S.WITHDRAWN,  federation,
         takes=(asks.REASON,), does=(effects.drop_clocks, effects.tell_receiver), law="D02", asks_when=False,
         hint=_("The other body can open nothing any more from that second.")),
], opening=Move("draft", _("Prepare a referral"), (), S.DRAFTED, federation,
         takes=("service", "urgency", "receiver?", "request?", "condition?", "companions?", "our_contact?", "limitation_on?"),
         needs=(needs.no_mediation_at_high_danger,), does=(effects.choose_items,), asks_when=False, law="N03"),
   final=(S.DONE, S.REROUTED, S.WITHDRAWN))  # fmt: skip


class C(models.TextChoices):
    IN_FORCE = "in_force", p_("consent", "In force")
    WITHDRAWN = "withdrawn", p_("consent", "Withdrawn")


CONSENTS = Workflow("consent", _("Consent to share"), C, moves=[
    #    move        button                                from          to            who
    Move("withdraw", p_("consent", "She withdraws it"),    (C.IN_FORCE,), C.WITHDRAWN, federation,
         takes=(asks.WORDS,), does=(effects.close_what_rested_on_it,), law="D02", danger=True,
         hint=_("Whatever that body could open because of this consent is closed from that second.")),
], opening=Move("give", _("Record a consent"), (), C.IN_FORCE, federation,
         takes=("agency", "service", "ends_on", "given_by", "how"),
         needs=(needs.ends_later, needs.guardian_gives_it_for_a_child, needs.giver_is_not_the_suspect), law="D02"),
   final=(C.WITHDRAWN,))  # fmt: skip
