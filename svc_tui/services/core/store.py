"""The door to the shop's database for those above the services: they run services on its threads, and hand it on.

What is asked of it is a service's business: whoever needs a row of it writes a service.
"""

from __future__ import annotations

from svc_tui.db.core.engine import Store

__all__ = ["Store"]
