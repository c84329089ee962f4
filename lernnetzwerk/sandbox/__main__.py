"""The child: `python -m lernnetzwerk.sandbox <request>`, the file on standard input, the response on standard output.

It runs without Django and without settings. An unexpected exception ends it with a code other than 0.
"""

import gc
import logging
import os
import sys
from typing import BinaryIO

from lernnetzwerk.formats import registry
from lernnetzwerk.sandbox import limits
from lernnetzwerk.sandbox.protocol import Request, decode_request, send_check, send_read

COLLECTED_AFTER = 100_000  # allocations; importing a library makes tens of thousands


def main(request: Request) -> None:
    limits.apply(request.process)
    gc.set_threshold(COLLECTED_AFTER)
    logging.disable()  # the parent logs the outcome; messages of the libraries do not help
    respond(sys.stdin.buffer, request, sys.stdout.buffer)


def respond(file: BinaryIO, request: Request, target: BinaryIO) -> None:
    if request.operation == "check":
        send_check(target, registry.check(file, request.key, request.limits))
    else:
        send_read(target, registry.read(file, request.key, request.limits))
    target.flush()


if __name__ == "__main__":
    main(decode_request(sys.argv[1]))
    os._exit(0)  # the response is complete; freeing the libraries' memory would cost a seventh more time
