from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import DateTimeField, UUIDField
from django.utils import timezone

from events.models import Attachment
from lernnetzwerk.web.prepared_statements import Parameter, Prepared
from tests.factories import DRAFT, make_attachment, make_event

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
