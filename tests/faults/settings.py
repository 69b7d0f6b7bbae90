"""The product as the tests have it, with the page of the errand."""

from config.settings.test import *  # noqa: F403

ROOT_URLCONF = "tests.workflow.sample.site"
