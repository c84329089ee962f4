"""What `check` and `read` raise. Each message is a German sentence for the editor."""


class RefusedError(Exception):
    """The file must not be stored."""


class UnreadableError(Exception):
    """The stored file has no preview."""


DAMAGED = "Die Datei ist beschädigt."
TOO_COMPLEX = "Die Datei ist zu aufwendig aufgebaut."
