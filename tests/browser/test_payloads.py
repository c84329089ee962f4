"""A script in every stored text: no page, public or in the administration, runs it or even builds its element."""

import pytest

from tests.browser.pages import public_paths
from tools import visits

pytestmark = pytest.mark.walk

# Written past all forms, as an import or an older version might have.
PLANT = """
from django.apps import apps
from django.db import models
PAYLOAD = '\\"><img src=x onerror=alert(1)><script>alert(2)</script><a href=\\"javascript:alert(3)\\">x</a>'
SHORT = '<b onclick=alert(4)>'
LABELS = ('events', 'speakers', 'practice', 'pages', 'barriers', 'files', 'slugs')
KEPT = ('slug', 'key', 'kind', 'sha256', 'media_type', 'state', 'scope', 'sort_name', 'short_code', 'precision')
planted = 0
for model in apps.get_models():
    if model._meta.app_label not in LABELS:
        continue
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, (models.CharField, models.TextField))
        is_special = isinstance(field, (models.URLField, models.EmailField)) or field.choices or field.unique
        if not is_text or is_special or field.name in KEPT:
            continue
        most = field.max_length or 1000
        text = PAYLOAD if most >= len(PAYLOAD) else SHORT[:most]
        filled = model._base_manager.exclude(**{field.name: ''})
        try:
            planted += filled.update(**{field.name: text})
        except Exception as error:
            print('left alone', model._meta.label, field.name, error)
print('planted', planted)
"""
BUILT = """
    [...document.querySelectorAll('[onerror], [onclick], [href^="javascript:" i], script:not([src])')]
        .filter(each => !(each.localName === 'script' && /json|importmap/.test(each.type))).map(each => each.outerHTML)
"""
TABLES = (
    "events/event",
    "events/session",
    "events/programme",
    "events/attachment",
    "events/appearance",
    "events/series",
)
OTHERS = ("speakers/speaker", "practice/practiceexample", "practice/municipality", "practice/topic", "pages/page")
ACTIONS = ("events/event/1/vorlage", "events/event/1/vorschau", "events/event/1/vorschau-links", "was-fehlt", "")


@pytest.fixture
def poisoned(own_site):
    message = own_site.shell(PLANT)
    assert int(message.rsplit("planted ", 1)[1]) > 300, message
    return own_site


def test_no_page_builds_elements_from_a_stored_text(poisoned, new_context, sign_in, tolerated):
    tolerated.append("status of 404")
    page = new_context().new_page()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(page.url), dialog.dismiss()))
    sign_in(page, "verwaltung", poisoned)
    working = poisoned.shell(
        "from events.models import Programme; print(Programme.objects.working().first().pk)"
    ).split()[-1]
    programme = [f"events/programme/{working}/{word}" for word in ("editor", "freigeben", "change")]
    tables = [f"{table}/{end}" for table in (*TABLES, *OTHERS) for end in ("", "1/change")]
    administration = [f"/verwaltung/{path}/".replace("//", "/") for path in (*tables, *programme, *ACTIONS)]
    public = visits.page_kinds(poisoned.url, public_paths(poisoned)).values()

    found = {}
    for path in (*public, *administration):
        page.goto(poisoned.url + path)
        if built := page.evaluate(BUILT):
            found[path] = built[:3]

    assert dialogs == []
    assert found == {}
