"""回避: who never sees a case. Entered and lifted by whoever is responsible for it, each time with a reason."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.actor import Actor
from agencies.models import Agency, User
from agencies.need_to_know import LiftWhy, Recusal, RecusalWhy
from casework.models import Case, Task
from casework.services.cases import reach
from workflow.models import Deadline


def may_recuse(case: Case, actor: Actor) -> bool:
    """The responsible caseworker, and the duty leaders of the federation that works on it."""
    leads = actor.role == "lead" and actor.agency_id == case.agency_id
    return leads or case.assignee_id == actor.user_id


@transaction.atomic
def recuse(
    case: Case, *, actor: Actor, why: str, user: User | None = None, agency: Agency | None = None
) -> Recusal:
    """From the next request on they find nothing of it. What waited for them waits for somebody else."""
    case = _reach(case, actor)
    if (user is None) == (agency is None):
        raise ValidationError(_("Name one person or one body."))
    if (user and user.pk == actor.user_id) or (agency and agency.pk == case.agency_id):
        raise ValidationError(_("Hand the case over first: somebody has to be able to work on it."))
    standing = Recusal.objects.standing().filter(subject_id=case.pk, user=user, agency=agency).first()
    if standing is not None:
        return standing
    for file in _same_person(case):
        row = Recusal(subject_id=file.pk, user=user, agency=agency, why=RecusalWhy(why))
        row.entered_by_id = actor.user_id
        row.save()
    _take_over(case, actor, user, agency)
    return Recusal.objects.standing().get(subject_id=case.pk, user=user, agency=agency)


@transaction.atomic
def lift_recusal(case: Case, key: UUID, *, actor: Actor, why: str) -> None:
    case = _reach(case, actor)
    row = Recusal.objects.standing().filter(subject_id=case.pk, pk=key).first()
    if row is None:
        raise ValidationError(_("This has been lifted already."))
    files = [file.pk for file in _same_person(case)]
    same = Recusal.objects.standing().filter(subject_id__in=files, user=row.user, agency=row.agency)
    for one in same.select_for_update(of=("self",)):
        one.lifted_why, one.lifted_by_id, one.lifted_at = LiftWhy(why), actor.user_id, timezone.now()
        one.save()


def _reach(case: Case, actor: Actor) -> Case:
    found = reach(case, actor=actor)
    if not may_recuse(found, actor):
        raise PermissionDenied
    return found


def _same_person(case: Case) -> list[Case]:
    """The case and those joined to it: what is closed in one is closed in all."""
    main = case.joined_to_id or case.pk
    rows = Case.objects.filter(pk=main) | Case.objects.filter(joined_to=main)
    found = list(rows)
    return found if case in found else [*found, case]


def _take_over(case: Case, actor: Actor, user: User | None, agency: Agency | None) -> None:
    """Nothing may lie where nobody sees it: duties fall to the federation, and to its duty leader."""
    if user is not None and case.assignee_id == user.pk:
        case.assignee = None
        case.acting(actor).save()
    if user is not None:
        Deadline.objects.live().filter(subject_id=case.pk, keeper=user).update(keeper=case.assignee_id)
    theirs = {"assigned_user": user} if user else {"assigned_agency": agency}
    for task in Task.objects.filter(case=case, done_at=None, **theirs):
        task.assigned_agency_id, task.assigned_user_id = case.agency_id, case.assignee_id
        task.acting(actor).save()
