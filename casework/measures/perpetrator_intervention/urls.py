"""Addresses of a file; its moves have the one address of all moves."""

from django.urls import path

from casework.measures.perpetrator_intervention import views

app_name = "perpetrator_intervention"
urlpatterns = [
    path("<uuid:pk>/", views.file, name="file"),
    path("<uuid:pk>/show/", views.show, name="show"),
]
