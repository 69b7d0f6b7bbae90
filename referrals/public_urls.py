"""Addresses for partners without an account: no id of anybody or anything stands in them but that of a file."""

from django.urls import path

from referrals import public

app_name = "hand_over"
urlpatterns = [
    path("", public.enter, name="enter"),
    path("open/", public.hand_over, name="hand_over"),
    path("open/<slug:name>/", public.answer, name="answer"),
    path("files/<uuid:piece>/", public.file, name="file"),
]
