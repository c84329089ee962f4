"""Stores each report once, then mails it to the mailbox."""

import logging
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lernnetzwerk.barriers.models import BarrierReport
from lernnetzwerk.barriers.rate_limit import count_exceeds_limit

SUBJECT = "Barriere gemeldet"
NOT_GIVEN = "nicht angegeben"

logger = logging.getLogger(__name__)


def receive_report(report: BarrierReport, network: str) -> bool:
    """Stores an unsaved report and mails it after the commit; False when `network` has sent too many.

    The same submission is stored and counted once, also when it arrives twice at the same time.
    """
    if BarrierReport.objects.filter(submission=report.submission).exists():
        return True
    if count_exceeds_limit(network):
        return False
    typed = {name: getattr(report, name) for name in ("page", "description", "name", "email")}
    stored, is_new = BarrierReport.objects.get_or_create(submission=report.submission, defaults=typed)
    if is_new:
        transaction.on_commit(partial(mail, stored))
    return True


def mail(report: BarrierReport) -> None:
    """Mails the report. On failure it stays in the administration, marked as not mailed."""
    if not settings.REPORTS_TO:
        return
    try:
        message(report).send()
        BarrierReport.objects.filter(pk=report.pk).update(mailed_at=timezone.now())
    except Exception as error:
        # Neither the error's text nor its traceback: a mail server's response contains addresses.
        logger.error("Barrier report %s was not mailed: %s", report.pk, type(error).__name__)


def message(report: BarrierReport) -> EmailMessage:
    """Plain text; of the visitor's input only the checked address is in a header."""
    inbox = settings.SITE_URL + reverse("admin:barriers_barrierreport_change", args=[report.pk])
    lines = [
        "Jemand hat im Portal eine Barriere gemeldet.",
        "",
        f"Seite: {report.page or NOT_GIVEN}",
        f"Name: {report.name or NOT_GIVEN}",
        f"E-Mail: {report.email or NOT_GIVEN}",
        "",
        "Was nicht ging:",
        report.description,
        "",
        f"Zur Meldung in der Verwaltung: {inbox}",
    ]
    reply_to = [report.email] if report.email else None
    return EmailMessage(SUBJECT, "\n".join(lines), to=[settings.REPORTS_TO], reply_to=reply_to)
