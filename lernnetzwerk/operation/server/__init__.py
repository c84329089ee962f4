"""The web server: a worker class for gunicorn."""

SMALL_BODY = 1 << 17  # bytes: a body up to here is received before a thread is occupied
