from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "tests.workflow.sample"
    label = "workflow_sample"
    default_auto_field = "django.db.models.BigAutoField"
