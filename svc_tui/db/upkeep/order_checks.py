"""What `svc-tui check` asks about service orders and what was issued for them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from svc_tui.db.core.derived_orders import BILLING, TRANSFERRED, reckoned
from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import batches
from svc_tui.db.upkeep.questions import Question, asked, told
from svc_tui.domain.errors import N_, DomainError, Invalid

_BATCH, _FILES = 1_000, 100


def series(store: Store) -> Iterator[DomainError]:
    """The numbers of what was issued have no gap, and the counter stands at the last one."""
    values: dict[str, int] = {row[0]: row[1] for row in store.sql("SELECT name, value FROM counter")}
    for kind, count, first, last in store.sql(
        "SELECT kind, count(*), min(number), max(number) FROM document GROUP BY kind ORDER BY kind"
    ):
        if last - first + 1 != count:
            yield Invalid(
                N_("The numbers of {kind} from {first} to {last} have {gaps} gap(s)."),
                kind=kind, first=first, last=last, gaps=last - first + 1 - count,
            )  # fmt: skip
        if values.get(kind) != last:
            yield Invalid(
                N_("The number series {name} does not stand at its last number, {last}."), name=kind, last=last
            )


def _transferred(store: Store) -> Iterator[DomainError]:
    return asked(store, _TRANSFERRED)


def _progress(store: Store) -> Iterator[DomainError]:
    wrong: list[int] = []
    for rows in batches(store, "service_order", ("number", "progress", "amount"), _BATCH):
        right = reckoned(store, [row[0] for row in rows])
        wrong += [number for order, number, progress, amount in rows if right[order] != (progress, amount)]
    yield from told(
        N_("{count} order(s) have another state or amount than follows from their lines, the first is {number}."), wrong
    )


def _bodies(store: Store) -> Iterator[DomainError]:
    """Every document has its bytes, and they are those that were issued."""
    yield from asked(store, _WITHOUT_BYTES)
    wrong = 0
    for rows in batches(store, "document_file", ("sha256", "body"), _FILES):
        wrong += sum(hashlib.sha256(bytes(body)).hexdigest() != sha256 for _, sha256, body in rows)
    if wrong:
        yield Invalid(N_("{count} file(s) of documents are not as they were issued."), count=wrong)


def _billing(store: Store) -> Iterator[DomainError]:
    return asked(store, _BILLING)


_TRANSFERRED: Final = Question(
    N_("{count} line(s) of jobs say another quantity on orders than the orders do, the first in job {number}."),
    "SELECT a.number FROM activity_line k JOIN activity a ON a.id = k.activity_id WHERE k.transferred <>"
    f" COALESCE(({TRANSFERRED} = k.id), 0) ORDER BY a.number",
)
_WITHOUT_BYTES: Final = Question(
    N_("{count} document(s) have no bytes, the first is {number}."),
    "SELECT d.label FROM document d WHERE NOT EXISTS (SELECT 1 FROM document_file f WHERE f.document_id = d.id"
    " AND f.format <> 'record') ORDER BY d.id",
)
_BILLING: Final = Question(
    N_("{count} job(s) are not billed as far as they say, the first is {number}."),
    f"SELECT number FROM activity WHERE billing <> {BILLING} ORDER BY number",
)

CHECKS: Final[Mapping[str, Callable[[Store], Iterator[DomainError]]]] = {
    "transferred": _transferred, "progress": _progress, "progress of lines": _progress, "amount": _progress,
    "body": _bodies, "billing": _billing, "billing of lines": _billing,
}  # fmt: skip
