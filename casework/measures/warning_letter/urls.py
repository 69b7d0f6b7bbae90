"""Addresses of a letter; its moves have the one address of all moves."""

from django.urls import path

from casework.measures.warning_letter import views

app_name = "warning_letter"
urlpatterns = [
    path("<uuid:pk>/", views.letter, name="letter"),
    path("<uuid:pk>/show/", views.show, name="show"),
]
