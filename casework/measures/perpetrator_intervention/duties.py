"""What the body that holds the sessions is waited for, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.measures.perpetrator_intervention.workflow import S

OWED: dict[S, str | Promise] = {
    S.ASKED: p_("owed", "Take it up or decline"),
    S.RUNNING: _("Hold the sessions"),
    S.BROKEN_OFF: _("Broken off: take it up again if it can be"),
}
