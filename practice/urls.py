from django.urls import path

from practice import views

app_name = "practice"
urlpatterns = [
    path("kommunen/", views.municipality_list, name="municipality_list"),
    path("kommunen/<slug:slug>/", views.municipality_detail, name="municipality"),
    path("praxis/", views.example_list, name="example_list"),
    path("praxis/<slug:slug>/", views.example_detail, name="example"),
    path("themen/", views.topic_list, name="topic_list"),
    path("themen/<slug:slug>/", views.topic_detail, name="topic"),
]
