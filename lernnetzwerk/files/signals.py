"""What happens to stored files, for whoever wants to know; `lernnetzwerk.files` knows nobody."""

from django.dispatch import Signal

# Sent once the row is committed, with `file_id`. A receiver that fails is logged and disturbs nobody.
stored = Signal()
