"""What documents come to, against cases computed with fractions; and laws that hold for any of them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.orders.totals import Billed, BilledLine, shared, steps, totals

FOLDER = Path(__file__).parent / "orders"
CASES: list[dict[str, Any]] = json.loads((FOLDER / "invoice_totals.json").read_text("utf-8"))
STEPS: list[dict[str, Any]] = json.loads((FOLDER / "line_steps.json").read_text("utf-8"))


def units(text: str, places: int) -> int:
    return int(Decimal(text).scaleb(places))


def billed(case: dict[str, Any]) -> Billed:
    lines = tuple(
        BilledLine(units(quantity, 3), units(price, 2), units(discount, 2), units(rate, 2), category)
        for quantity, price, discount, rate, category in case["lines"]
    )
    return Billed(
        lines, case.get("gross", False), units(case.get("discount", "0"), 2), units(case.get("prepaid", "0"), 2),
        units(case.get("round_to", "0"), 2),
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_what_a_document_comes_to(case: dict[str, Any]) -> None:
    found, right = totals(billed(case)), case["expected"]
    assert list(found.line_nets) == [units(net, 2) for net in right["line_nets"]], case["name"]
    assert [list(cut) for cut in found.allowances] == [
        [category, units(rate, 2), units(amount, 2)] for category, rate, amount in right["allowances"]
    ]
    assert [list(group) for group in found.groups] == [
        [category, units(rate, 2), units(base, 2), units(vat, 2)] for category, rate, base, vat in right["groups"]
    ]
    for name in ("line_sum", "net", "vat", "gross", "prepaid", "rounding", "payable"):
        assert getattr(found, name) == units(right[name], 2), (case["name"], name)


@pytest.mark.parametrize("case", STEPS, ids=lambda case: str(case["name"]))
def test_a_line_in_parts(case: dict[str, Any]) -> None:
    parts = [units(part, 3) for part in case["parts"]]
    found = steps(units(case["amount"], 2), units(case["quantity"], 3), parts)
    assert list(found) == [units(amount, 2) for amount in case["expected"]]


lines = st.builds(
    BilledLine,
    st.integers(-20_000, 500_000),
    st.integers(0, 500_000),
    st.sampled_from([0, 0, 1_000, 3_333, 10_000]),
    st.sampled_from([0, 600, 1_200, 2_500]),
    st.sampled_from(["S", "Z", "E"]),
)
documents = st.builds(
    Billed,
    st.lists(lines, min_size=1, max_size=12).map(tuple),
    st.booleans(),
    st.sampled_from([0, 500, 3_333]),
    st.integers(0, 10_000),
    st.sampled_from([0, 50, 100]),
)


@given(documents)
def test_every_sum_is_the_sum_of_what_is_shown(document: Billed) -> None:
    found = totals(document)
    assert found.line_sum == sum(found.line_nets)
    assert (
        found.net
        == sum(group.base for group in found.groups)
        == found.line_sum - sum(cut.amount for cut in found.allowances)
    )
    assert found.gross == found.net + found.vat
    assert found.payable == found.gross - found.prepaid + found.rounding
    assert not document.smallest_coin or found.payable % document.smallest_coin == 0
    assert abs(found.rounding) * 2 <= document.smallest_coin


@given(documents.map(lambda document: document._replace(with_vat=True, discount=0, prepaid=0, smallest_coin=0)))
def test_prices_with_vat_stand(document: Billed) -> None:
    assert totals(document).payable == sum(line.amount for line in document.lines)


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(-1_000, 1_000), max_size=9))
def test_what_is_shared_comes_to_the_whole(total: int, weights: list[int]) -> None:
    if weights:
        assert sum(shared(total, weights)) == total


@given(st.integers(-(10**8), 10**8), st.lists(st.integers(1, 5_000), min_size=1, max_size=9), st.booleans())
def test_all_parts_together_are_the_whole(amount: int, parts: list[int], is_back: bool) -> None:
    signed = [-part for part in parts] if is_back else parts
    assert sum(steps(amount, sum(signed), signed)) == amount
