"""Rules for the whole project: models, migrations, .env.example and templates."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.urls import get_resolver

from lernnetzwerk.slugs.models import Slugged
from lernnetzwerk.visibility.models import Editorial, Identified

ROOT = Path(__file__).resolve().parent.parent
OWN_APPS = {"events", "speakers", "practice", "barriers", "files", "pages", "previews", "slugs"}
MODELS = [model for model in apps.get_models() if model._meta.app_label in OWN_APPS]
READING_FUNCTIONS = {"text", "flag", "several", "positive", "folder", "mailbox", "mail_settings", "get"}
READING_FILES = ("lernnetzwerk/settings.py", "lernnetzwerk/operation/environment.py", "gunicorn.conf.py")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_and_field_has_a_german_name(model):
    """A verbose name equal to the field name with spaces is Django's default, so it counts as missing."""
    unnamed = [
        field.name
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if field.verbose_name == field.name.replace("_", " ") and not field.primary_key
    ]

    assert unnamed == []
    assert {"verbose_name", "verbose_name_plural"} <= set(model._meta.original_attrs)


def test_no_text_of_a_model_is_nullable():
    nullable = [
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and field.null
    ]

    assert nullable == []


def test_every_model_with_a_page_has_a_uuid():
    """Page is the exception: its objects have fixed addresses and appear in no calendar, feed or export."""
    with_page = {
        model.__name__ for model in MODELS if issubclass(model, Editorial) and hasattr(model, "get_absolute_url")
    }
    identified = {model.__name__ for model in MODELS if issubclass(model, Identified)}

    assert with_page - identified == {"Page"}


def test_every_model_with_a_slug_keeps_its_old_slugs():
    slugged = {model.__name__ for model in MODELS if issubclass(model, Slugged)}

    assert slugged == {"Event", "Municipality", "PracticeExample", "Series", "Session", "Speaker", "Topic"}


def test_constraints_are_named_as_sentences_and_have_german_messages():
    constraints = [constraint for model in MODELS for constraint in model._meta.constraints]

    assert [one.name for one in constraints if len(one.name.split("_")) < 3] == []
    without_message = [
        one.name
        for one in constraints
        if isinstance(one, models.CheckConstraint)
        and one.violation_error_message == one.default_violation_error_message
    ]
    assert without_message == []


@pytest.mark.both_databases
@pytest.mark.django_db
def test_migrations_match_the_models():
    out = StringIO()

    call_command("makemigrations", "--check", "--dry-run", stdout=out)

    assert out.getvalue() == "No changes detected\n"


def test_no_migration_has_a_generated_name():
    names = [path.stem for path in ROOT.glob("*/migrations/0*.py")] + [
        path.stem for path in ROOT.glob("lernnetzwerk/*/migrations/0*.py")
    ]

    assert names
    assert [name for name in names if re.search(r"_auto_|_and_more|_\d{8}", name)] == []


# --- .env.example -----------------------------------------------------------------------------------------------------


def variables_read() -> set[str]:
    """Returns the names of all environment variables that the files in READING_FILES read."""
    names = set()
    for file in READING_FILES:
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in READING_FUNCTIONS and re.fullmatch("[A-Z0-9_]+", str(node.args[0].value)):
                    names.add(node.args[0].value)
    return names


def variables_explained() -> dict[str, str]:
    """Maps each variable in .env.example to its value there."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_every_variable_of_the_settings_is_explained():
    assert {"SECRET_KEY", "SITE_URL", "DATABASE_URL", "FILES_ROOT", "DEBUG", "BEHIND_PROXY"} <= variables_read()
    assert variables_read() - set(variables_explained()) == set()


def test_every_explained_variable_is_read():
    assert set(variables_explained()) - variables_read() == set()


def test_each_variable_follows_its_explanation():
    """Each block of .env.example starts with a comment that explains the variables below it."""
    blocks = (ROOT / ".env.example").read_text(encoding="utf-8").strip().split("\n\n")

    assert [block for block in blocks if not block.startswith("#")] == []


def test_the_example_ships_no_secret():
    explained = variables_explained()

    assert (explained["SECRET_KEY"], explained["DEMO_PASSWORD"], explained["DATABASE_URL"]) == ("", "", "")
    assert explained["DEBUG"] == "False"


# --- templates --------------------------------------------------------------------------------------------------------

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_have_no_inline_code_and_no_unescaped_output(template):
    source = template.read_text(encoding="utf-8")

    assert re.findall(r"\sstyle=|<style|\son[a-z]+=", source) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>", source) == []
    assert re.findall(r"\|\s*safe\b|autoescape off|mark_safe", source) == []
    assert re.findall(r"""(?:src|href)=["']https?://""", source) == []


def test_only_known_public_templates_contain_a_csrf_token():
    """A page with a CSRF token sets a cookie, so only pages with a form that posts may contain one."""
    public = [path for path in TEMPLATES if "admin" not in path.parts]

    with_token = [path for path in public if "csrf_token" in path.read_text(encoding="utf-8")]
    assert [f"{path.parent.name}/{path.name}" for path in with_token] == [
        "barriers/report.html",
        "invitations/_file.html",
        "invitations/hand_in.html",
    ]


def test_error_handlers_are_our_own():
    resolver = get_resolver()

    handlers = {status: resolver.resolve_error_handler(status).__module__ for status in (400, 403, 404, 500)}
    assert set(handlers.values()) == {"lernnetzwerk.web.errors"}
