"""`make soak`: long runs against the real server. `SOAK=0.1` makes each a tenth as long."""

import os

SHARE = float(os.environ.get("SOAK", "1"))


def counted(most: int) -> int:
    return max(1, round(most * SHARE))
