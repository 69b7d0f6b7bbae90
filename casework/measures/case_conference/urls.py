"""Address of the agenda."""

from django.urls import path

from casework.measures.case_conference import views

app_name = "case_conference"
urlpatterns = [path("", views.agenda, name="agenda")]
