"""The product's addresses and the errand's page."""

from django.urls import include, path

from config import urls

handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
urlpatterns = [*urls.urlpatterns, path("", include("tests.workflow.sample.urls"))]
