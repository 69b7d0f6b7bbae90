from django.urls import path

from casework.measures.mandatory_report import views

app_name = "mandatory_report"
urlpatterns = [
    path("", views.start, name="start"),
    path("form", views.public, name="public"),
    path("status", views.status, name="status"),
    path("new", views.new, name="new"),
]
