"""Every life that is installed, by the key of its table."""

from django.apps import apps

from workflow.models import LifeModel
from workflow.table import Workflow


def lives() -> dict[str, type[LifeModel]]:
    """flow key -> model, in the order of the apps."""
    models = [model for model in apps.get_models() if issubclass(model, LifeModel)]
    found = {model.flow.key: model for model in models}
    if len(found) != len(models):
        raise LookupError("two models share one workflow key")
    return found


def life(key: str) -> type[LifeModel]:
    """The model of a workflow; KeyError if there is none."""
    return lives()[key]


def flows() -> list[Workflow]:
    return [model.flow for model in lives().values()]
