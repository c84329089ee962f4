from django.urls import path

from lernnetzwerk.previews import views

app_name = "previews"
urlpatterns = [
    path("<str:token>/", views.draft, name="draft"),
    path("<str:token>/<path:part>", views.part, name="part"),
]
