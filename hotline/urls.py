from django.urls import path

from hotline import views

app_name = "hotline"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("new", views.answer, name="new"),
    path("calls", views.calls, name="calls"),
    path("<uuid:pk>", views.call, name="call"),
    path("<uuid:pk>/draft", views.draft, name="draft"),
    path("<uuid:pk>/people", views.people, name="people"),
    path("<uuid:pk>/outlook", views.outlook, name="outlook"),
    path("<uuid:pk>/nothing", views.nothing, name="nothing"),
    path("<uuid:pk>/take-over", views.take_over, name="take_over"),
    path("call-back/<uuid:case_pk>", views.call_back, name="call_back"),
    path("call-back/<uuid:pk>/settle", views.settle, name="settle"),
]
