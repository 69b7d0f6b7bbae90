"""What a step of a round causes. The other lives are reached by way of the apps: their rows stand on this table."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Max

from monitor import inflow, publishing, selectors
from monitor.stored import Publication, Reporter, Status, Value
from workflow.engine import begin

if TYPE_CHECKING:
    from monitor.lives import Round
    from workflow.models import StepRecord


def ask_units(step: "StepRecord") -> None:
    """One submission for every unit that reports something and was not asked yet."""
    one: Round = step.obj
    asked = set(_life("Submission").objects.filter(round=one).values_list("agency", flat=True))
    units = Reporter.objects.filter(area=one.area_id, agency__is_active=True).order_by("agency")
    for agency_id in units.values_list("agency", flat=True).distinct():
        if agency_id not in asked:
            begin(_life("Submission"), actor=step.actor, now=step.recorded_at, round=one, agency_id=agency_id)


def take_casework(step: "StepRecord") -> None:
    """The figures of the newest releases, as values of this round."""
    one: Round = step.obj
    inflow.flow_in(one.area_id, one.year, one.pk, actor=step.actor, now=step.recorded_at)


def note_leading(step: "StepRecord") -> None:
    step.obj.leading = step.obj.leading_now()
    step.obj.acting(step.actor).save()


def finalise(step: "StepRecord") -> None:
    """Every value whose newest version came with this round is entered once more, as final."""
    one: Round = step.obj
    list(Reporter.objects.select_for_update().filter(area=one.area_id))  # nobody enters anything meanwhile
    codes = Value.objects.filter(area=one.area_id, round=one).values("indicator").order_by()
    newest = selectors.newest(Value.objects.filter(area=one.area_id, indicator__in=codes))
    rows = [value for value in newest if value.round_id == one.pk and value.status != Status.FINAL]
    for value in rows:
        value.pk = Value._meta.pk.get_default()
        value.version += 1
        value.status, value.entered_by_id, value.entered_at = (
            Status.FINAL,
            step.actor.user_id,
            step.recorded_at,
        )
    Value.objects.bulk_create(rows)


def publish(step: "StepRecord") -> None:
    one: Round = step.obj
    content = publishing.content_of(one.area_id, one.year)
    version = (Publication.objects.filter(round=one).aggregate(Max("version"))["version__max"] or 0) + 1
    Publication.objects.create(
        round=one, area_id=one.area_id, year=one.year, version=version, content=content,
        digest=publishing.digest_of(content), published_by_id=step.actor.user_id, published_at=step.recorded_at,
    )  # fmt: skip


def warn(step: "StepRecord") -> None:
    """A warning for whoever answers for the target; one that is still open learns of the new value instead."""
    one: Round = step.obj
    Warning_ = _life("EarlyWarning")
    for code, verdict in selectors.verdicts(one.area_id, until=one.year, final=True).items():
        for kind, level in (("hard", verdict.level), ("swing", verdict.swing)):
            known = Warning_.objects.filter(area=one.area_id, indicator=code, kind=kind)
            still = known.exclude(state__in=Warning_.flow.final).first()
            if still is not None:
                if one.year >= still.latest_year:
                    still.latest_level, still.latest_year = level, one.year
                    still.acting(step.actor).save()
            elif level and not known.filter(year=one.year).exists():
                addressee = selectors.addressee(one.area_id, code)
                if addressee is not None:
                    begin(
                        Warning_, actor=step.actor, now=step.recorded_at, area_id=one.area_id, agency_id=addressee,
                        indicator=code, kind=kind, level=level, reasons=list(verdict.reasons), year=one.year,
                        latest_year=one.year,
                    )  # fmt: skip


def _life(name: str) -> Any:
    return apps.get_model("monitor", name)
