"""Addresses of referrals; their moves have the one address of all moves."""

from django.urls import path

from referrals import views

app_name = "referrals"
urlpatterns = [
    path("bodies/", views.bodies, name="bodies"),
    path("ledger/<uuid:pk>/", views.ledger, name="ledger"),
    path("<uuid:pk>/", views.referral, name="referral"),
    path("<uuid:pk>/show/", views.show, name="show"),
    path("<uuid:pk>/attach/", views.attach, name="attach"),
    path("<uuid:pk>/code/", views.code, name="code"),
    path("<uuid:pk>/files/<uuid:piece>/", views.file, name="file"),
]
