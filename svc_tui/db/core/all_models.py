"""All tables of the database; who needs only some imports those."""

from __future__ import annotations

from svc_tui.db.core import (
    history_models,
    job_models,
    order_models,
    paper_models,
    people_models,
    planning_models,
    shop_models,
    span_models,
    stock_models,
    timer_models,
)
from svc_tui.db.core.table import Table

__all__ = [
    "MODELS",
    "history_models",
    "job_models",
    "order_models",
    "paper_models",
    "people_models",
    "planning_models",
    "shop_models",
    "span_models",
    "stock_models",
    "timer_models",
]

MODELS: tuple[type[Table], ...] = tuple(Table.__subclasses__())
"""In the order of their files."""
