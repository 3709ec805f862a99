"""Filter terms about the parts of jobs: their state, the order they are on, its supplier, when they come."""

from __future__ import annotations

import pytest

from svc_tui.domain.errors import FilterError
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.services.filters.filtering import resolve
from svc_tui.services.stock import purchasing
from tests.db.jobs import job, line
from tests.db.test_part_lines import of, used
from tests.db.test_purchasing import DAY, supplied


def found(session: Session, text: str) -> set[int | None]:
    query = resolve(session, None, text)
    return {row.number for row in lists.page(session, query, 100)}


def test_jobs_are_found_by_their_parts(shop: Session) -> None:
    fan = supplied(shop)
    ordered = job(shop, lines=[of(fan)])
    [number] = purchasing.order(shop, purchasing.to_order(shop), shop.seconds() + 3 * DAY)
    needed, ready, none = job(shop, lines=[line("Skrue")]), job(shop, lines=[used(line("Rem"), 1)]), job(shop)
    everything = {ordered.number, needed.number, ready.number, none.number}
    for text, wanted in (
        ("part-state:needed", {needed.number}), ("part-state:ord", {ordered.number}),
        ("part-state:needed,ordered", {needed.number, ordered.number}), ("part-state:none", {none.number}),
        ("-part-state:needed", everything - {needed.number}), ("part-state:used", {ready.number}),
        ("-part-state:none,needed,ordered,arrived,reserved,used", set()),
        (f"order:{number}", {ordered.number}), (f"order:P{number}", {ordered.number}), ("order:999", set()),
        (f"-order:{number}", everything - {ordered.number}), ("order:none", everything - {ordered.number}),
        ("supplier:elgros", {ordered.number}), ("supplier:nobody", set()),
        ("supplier:none", everything - {ordered.number}),
        ("expected:+3", {ordered.number}), ("expected:..+1", set()), ("expected:none", everything - {ordered.number}),
        ("delstatus:needed", {needed.number}),
    ):  # fmt: skip
        assert found(shop, text) == wanted, text


@pytest.mark.parametrize("text", ["part-state:lost", "order:abc"])
def test_a_word_that_means_nothing_is_refused(shop: Session, text: str) -> None:
    with pytest.raises(FilterError):
        found(shop, text)
