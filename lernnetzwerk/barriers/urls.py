from django.urls import path

from lernnetzwerk.barriers import views

app_name = "barriers"
urlpatterns = [
    path("", views.report, name="report"),
    path("danke/", views.thanks, name="thanks"),
]
