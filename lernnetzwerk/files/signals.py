"""Signals of stored files."""

from django.dispatch import Signal

# Sent after the commit, with `file_id`. Failures of receivers are logged.
stored = Signal()
