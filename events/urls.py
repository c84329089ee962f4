from django.urls import include, path
from django.views.generic import RedirectView

from events.exchange import feed_views as feeds
from events.exchange import views as exchange
from events.views import attachments as attachments
from events.views import events as events
from events.views import history as history
from events.views import invitations as invitations
from events.views import my_programme as my_programme
from events.views import participants as participants
from events.views import sessions as sessions

app_name = "events"
urlpatterns = [
    path("veranstaltungen.ics", exchange.all_events, name="all_events_calendar"),
    path(
        "veranstaltungen/",
        include(
            [
                path("", events.event_list, name="list"),
                path("<slug:event>/", events.event_detail, name="detail"),
                path("<slug:event>/bild", events.event_image, name="image"),
                path("<slug:event>/materialien.zip", events.event_attachments, name="attachments_zip"),
                path("<slug:event>/bild/<size:size>", events.event_image, name="image_in_size"),
                path("<slug:event>/programm.ics", exchange.event_calendar, name="calendar"),
                path("<slug:event>/aenderungen/", history.event_changes, name="changes"),
                path("<slug:event>/jetzt/", events.event_now, name="now"),
                path("<slug:event>/mein-programm/", my_programme.event_choice, name="my_programme"),
                path("<slug:event>/mein-programm.ics", exchange.my_calendar, name="my_calendar"),
                path("<slug:event>/programm/<int:number>/", history.programme_release, name="release"),
                path("<slug:event>/<slug:session>/termin.ics", exchange.session_calendar, name="session_calendar"),
                path("<slug:event>/<slug:session>/", sessions.session_detail, name="session"),
            ]
        ),
    ),
    path("auf-dem-laufenden/", feeds.following, name="following"),
    path(
        "feeds/",
        include(
            [
                path("treffen/", feeds.events, name="events_feed"),
                path("treffen/<slug:event>/", feeds.changes, name="changes_feed"),
                path("materialien/", feeds.attachments, name="attachments_feed"),
                path("praxis/", feeds.examples, name="examples_feed"),
                path("themen/<slug:slug>/", feeds.topic, name="topic_feed"),
                path("kommunen/<slug:slug>/", feeds.municipality, name="municipality_feed"),
            ]
        ),
    ),
    path("reihen/", RedirectView.as_view(pattern_name="events:list"), name="series_list"),
    path("reihen/<slug:slug>/", events.series_detail, name="series"),
    path(
        "materialien/",
        include(
            [
                path("", attachments.attachment_list, name="attachment_list"),
                path("<uuid:uuid>/", attachments.attachment_detail, name="attachment"),
                path("<uuid:uuid>/seiten/<int:number>-<slug:size>.webp", attachments.page_picture, name="page_picture"),
                path("<uuid:uuid>/standbild", attachments.poster, name="poster"),
                path("<uuid:uuid>/untertitel/kapitel.vtt", attachments.chapter_list, name="chapters"),
                path("<uuid:uuid>/untertitel/<slug:name>.vtt", attachments.track, name="track"),
                path("<uuid:uuid>/<str:filename>", attachments.download, name="download"),
            ]
        ),
    ),
    path("teilnahme/<str:token>/", participants.information, name="participants"),
    path(
        "hochladen/<str:token>/",
        include(
            [
                path("", invitations.hand_in, name="invitation"),
                path("freigeben/", invitations.release, name="invitation_release"),
                path("<uuid:uuid>/loeschen/", invitations.take_back, name="invitation_take_back"),
                path("<uuid:uuid>/datei/", invitations.file, name="invitation_file"),
                path("<uuid:uuid>/seiten/<int:number>/", invitations.page_picture, name="invitation_picture"),
            ]
        ),
    ),
]
