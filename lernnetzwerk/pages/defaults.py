"""Drafts of the pages that the law requires, for editors to complete."""

from pathlib import Path

from django.db import connections

from lernnetzwerk.pages.models import Address, Page

TEXTS = Path(__file__).parent / "starting_texts"
TITLES = {
    Address.IMPRESSUM: "Impressum",
    Address.PRIVACY: "Datenschutz",
    Address.ACCESSIBILITY: "Erklärung zur Barrierefreiheit",
    Address.PLAIN_LANGUAGE: "Leichte Sprache",
    Address.SIGN_LANGUAGE: "Gebärdensprache",
    Address.CONTACT: "Kontakt",
    Address.REPORT_BARRIER: "Barriere melden",
    Address.NETWORK: "Was ist das Lernnetzwerk?",
}


def create_missing_pages(using: str = "default", **kwargs: object) -> None:
    """Runs after each migration; existing pages stay unchanged."""
    if Page._meta.db_table not in connections[using].introspection.table_names():
        return  # another app was migrated first
    there = set(Page.objects.using(using).values_list("slug", flat=True))
    for address, title in TITLES.items():
        if address not in there:
            body = (TEXTS / f"{address}.html").read_text(encoding="utf-8")
            Page.objects.using(using).create(slug=address, title=title, body=body)
