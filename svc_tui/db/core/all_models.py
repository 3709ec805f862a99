"""All tables of the database; who needs only some imports those."""

from __future__ import annotations

from svc_tui.db.core import models, planning_models
from svc_tui.db.core.table import Table

__all__ = ["MODELS", "models", "planning_models"]

MODELS: tuple[type[Table], ...] = tuple(Table.__subclasses__())
"""In the order of their files."""
