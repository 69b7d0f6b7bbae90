from django.urls import path

from agencies.views import entrance, people, proving, reads

app_name = "agencies"
urlpatterns = [
    path("sign-in", entrance.sign_in, name="sign_in"),
    path("posting", entrance.choose_posting, name="choose_posting"),
    path("sign-out", entrance.sign_out, name="sign_out"),
    path("renew", entrance.renew, name="renew"),
    path("extend", entrance.extend, name="extend"),
    path("prove", proving.prove, name="prove"),
    path("password", entrance.password, name="password"),
    path("people", people.people, name="people"),
    path("people/new", people.new_person, name="new_person"),
    path("people/<uuid:pk>", people.person, name="person"),
    path("people/<uuid:pk>/active", people.set_active, name="set_active"),
    path("people/<uuid:pk>/reset", people.reset_password, name="reset_password"),
    path("postings/<uuid:pk>/end", people.end_posting, name="end_posting"),
    path("agencies", people.agencies, name="agencies"),
    path("agencies/new", people.agency, name="new_agency"),
    path("agencies/<uuid:pk>", people.agency, name="agency"),
    path("reads", reads.reads, name="reads"),
    path("reads/alerts", reads.alerts, name="alerts"),
    path("reads/alerts/seen", reads.alerts_seen, name="alerts_seen"),
]
