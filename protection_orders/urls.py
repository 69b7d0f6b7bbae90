"""Addresses of an order; its moves have the one address of all moves."""

from django.urls import path

from protection_orders import views

app_name = "protection_orders"
urlpatterns = [
    path("new/<uuid:pk>/", views.new, name="new"),
    path("<uuid:pk>/", views.order, name="order"),
    path("<uuid:pk>/show/", views.show, name="show"),
    path("<uuid:pk>/prepare/", views.prepare, name="prepare"),
    path("<uuid:pk>/missing/", views.missing, name="missing"),
    path("<uuid:pk>/breach/", views.breach_add, name="breach_add"),
    path("<uuid:pk>/extension/", views.extension_new, name="extension_new"),
]
