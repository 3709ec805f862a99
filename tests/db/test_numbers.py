"""Numbers that no database holds, wherever a service is given a text: an answer or a refusal, never an error of it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import pytest

from svc_tui.domain.errors import DomainError
from svc_tui.domain.queries import NEWEST_FIRST, ORDER_COLUMNS, ActivityQuery, Order
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.services.jobs import typed_edits
from svc_tui.services.people import contacts
from svc_tui.services.stock import devices, products
from tests.db.jobs import job, line

TEXTS = [
    "9" * 18, "9" * 19, "9999999999999999999", "18446744073709551616", "9" * 400, "9" * 5_000, "#" + "9" * 19,
    "-" + "9" * 19, "+99999999999", "-99999999999", "+" + "9" * 400, "1.1.99999999", "99999-01-01",
    "uge 99999999999", "²", "٣" * 20,
]  # fmt: skip


FIELDS = ("", "nr:", "start:", "-created:", "serial:", "customer:", "part:", "device:", "nr:1,")


@pytest.mark.parametrize("text", TEXTS)
def test_a_jump_to_any_number_is_answered_or_refused(shop: Session, text: str) -> None:
    job(shop, "Skærm", lines=[line("Kabel")])
    for column in ORDER_COLUMNS:
        for falls in (False, True):
            with suppress(DomainError):
                lists.jump_around(shop, ActivityQuery(order=Order(column, falls)), text, 3, 3)


@pytest.mark.parametrize("field", FIELDS)
def test_a_filter_with_any_number_finds_nothing_or_is_refused(shop: Session, field: str) -> None:
    job(shop, "Skærm", lines=[line("Kabel")])
    for text in TEXTS:
        with suppress(DomainError):
            found = lists.first_page(shop, None, lists.Asked(f"{field}{text}", NEWEST_FIRST), 20)
            lists.counts(shop, found.query)


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_looked_up_or_set_by_any_number_is_answered_or_refused(shop: Session, text: str) -> None:
    for search in (contacts.search, partial(devices.search, owner_id=None), products.search):
        with suppress(DomainError):
            search(shop, text)
    for field in ("customer", "start", "end", "promised", "status", "responsible"):
        with suppress(DomainError):
            typed_edits.read(shop, field, text)
