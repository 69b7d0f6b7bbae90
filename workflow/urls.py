"""The one address of every move of every life."""

from django.urls import path

from workflow import views

app_name = "workflow"
urlpatterns = [path("<str:flow>/<uuid:pk>/<str:name>", views.move, name="move")]
