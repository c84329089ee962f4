from django.urls import path

from speakers import views

app_name = "speakers"
urlpatterns = [
    path("", views.speaker_list, name="list"),
    path("<slug:slug>/", views.speaker_detail, name="detail"),
    path("<slug:slug>/foto", views.speaker_photo, name="photo"),
    path("<slug:slug>/foto/<size:size>", views.speaker_photo, name="photo_in_size"),
]
