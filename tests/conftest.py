"""What every test begins with: psycopg is loaded before `svc_tui.db`, which hides drivers that are not."""

from __future__ import annotations

import psycopg  # noqa: F401
