from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import DateTimeField, Prefetch, UUIDField
from django.db.models.functions import Upper
from django.utils import timezone

from events.models import Attachment, Event, Series
from lernnetzwerk.operation.prepared_statements import AT, TODAY, Parameter, Prepared
from tests.factories import DRAFT, make_attachment, make_event, make_series, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def shown():
    moment, uuid = Parameter("at", DateTimeField()), Parameter("uuid", UUIDField())
    return Prepared(lambda: Attachment.objects.published(moment).filter(uuid=uuid))


def test_a_prepared_query_finds_what_the_queryset_finds(shown):
    attachment = make_attachment(event=make_event(), title="Handout")

    found = shown.first(at=timezone.now(), uuid=attachment.uuid)

    assert (found, found.title, found.created_at, found.event) == (
        attachment,
        "Handout",
        attachment.created_at,
        attachment.event,
    )


def test_each_call_uses_its_own_values(shown):
    first, second = make_attachment(), make_attachment()

    found = [shown.first(at=timezone.now(), uuid=uuid) for uuid in (first.uuid, second.uuid, uuid4(), first.uuid)]

    assert found == [first, second, None, first]


def test_strings_from_addresses_are_accepted_as_values(shown):
    attachment = make_attachment()

    assert shown.first(at=timezone.now(), uuid=str(attachment.uuid)) == attachment


def test_each_call_queries_the_database_again(shown):
    attachment = make_attachment()
    assert shown.first(at=timezone.now(), uuid=attachment.uuid) == attachment

    Attachment.objects.update(**DRAFT)

    assert shown.first(at=timezone.now(), uuid=attachment.uuid) is None


def test_the_given_moment_is_used(shown):
    now = timezone.now()
    attachment = make_attachment(published_from=now)

    assert shown.first(at=now - timedelta(seconds=1), uuid=attachment.uuid) is None
    assert shown.first(at=now, uuid=attachment.uuid) == attachment


def test_the_statement_is_compiled_once(django_assert_num_queries):
    times = []
    every = Prepared(lambda: times.append(1) or Attachment.objects.all())

    with django_assert_num_queries(2):
        every.first()
        every.first()

    assert times == [1]


def test_prepared_rows_come_with_their_relations_annotations_and_prefetched_rows(django_assert_num_queries):
    titled = Prepared(
        lambda: (
            Event.objects.published(AT)
            .upcoming(AT, TODAY)
            .select_related("series")
            .annotate(words=Upper("title"))
            .prefetch_related("topics")
        )
    )
    topic = make_topic(name="Schule")
    make_event([topic], title="Morgen", series=make_series(name="Fachtage"), starts_on=date(2099, 1, 1))
    make_event(title="Gestern", starts_on=date(2001, 1, 1))
    titled.rows_now()

    with django_assert_num_queries(2):
        (event,) = titled.rows_now()

        assert (event.series.name, event.words, list(event.topics.all())) == ("Fachtage", "MORGEN", [topic])


def test_a_prepared_query_cannot_keep_the_moment_of_its_first_call():
    with pytest.raises(ValueError, match="moment"):
        Prepared(Event.objects.published).rows()


def test_nor_can_its_prefetched_rows():
    series = Prefetch("events", Event.objects.published())

    with pytest.raises(ValueError, match="prefetched"):
        Prepared(lambda: Series.objects.published(AT).prefetch_related(series)).rows_now()
