from django.urls import path

from lernnetzwerk.search import views

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("vorschlaege/", views.suggest, name="suggestions"),
    path("opensearch.xml", views.description, name="opensearch"),
]
