"""`make bench`: what a key costs, beside floors that do as little as possible on the same machine in the same minutes.

Times are never asserted by a test: two shared cores vary by half from hour to hour. Everything here is a ratio of
medians within one round, or a count of bytes, or memory.
"""

import psycopg  # noqa: F401  # before `svc_tui.db`, which hides drivers that are not loaded
