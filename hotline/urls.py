from django.urls import path

from hotline.views import call_backs, desk, endings, fragments, keeping

app_name = "hotline"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("new", desk.answer, name="new"),
    path("offers", desk.offers, name="offers"),
    path("calls", desk.calls, name="calls"),
    path("<uuid:pk>", desk.call, name="call"),
    path("<uuid:pk>/draft", fragments.draft, name="draft"),
    path("<uuid:pk>/people", fragments.people, name="people"),
    path("<uuid:pk>/outlook", fragments.outlook, name="outlook"),
    path("<uuid:pk>/address", fragments.address, name="address"),
    path("<uuid:pk>/nothing", endings.nothing, name="nothing"),
    path("<uuid:pk>/hand-over", endings.hand_over, name="hand_over"),
    path("<uuid:pk>/take-over", endings.take_over, name="take_over"),
    path("<uuid:pk>/hold", keeping.hold, name="hold"),
    path("<uuid:pk>/lift", keeping.lift, name="lift"),
    path("call-back/<uuid:case_pk>", call_backs.call_back, name="call_back"),
    path("call-back/<uuid:pk>/settle", call_backs.settle, name="settle"),
]
