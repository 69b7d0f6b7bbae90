"""What keeping a household on the watch list needs: an end in sight."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.key_watch.models import KeyWatch

# The house's own policy, not law: the higher the level, the sooner somebody must look again (days).
REVIEW_WITHIN = {1: 90, 2: 60, 3: 30, 4: 14, 5: 7}


@need(
    _(
        "The review must come within the time of its level: 90, 60, 30, 14 or 7 days for levels 1 to 5 (house policy)."
    ),
    law="D05",
)
def review_in_time(watch: "KeyWatch") -> bool:
    today = timezone.localdate(watch.moment)
    return today < watch.review_on <= today + timedelta(days=REVIEW_WITHIN[int(watch.level)])


@need(_("Choose a review day later than the present one."), law="D05")
def later_review(watch: "KeyWatch") -> bool:
    return watch.reviewed_until is None or watch.review_on > watch.reviewed_until


@need(_("Write for whoever looks in which household it is; without that nobody can look in."), law="N04")
def watcher_knows_whom(watch: "KeyWatch") -> bool:
    return watch.watcher_id is None or bool(watch.brief)
