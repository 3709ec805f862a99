"""What `svc-tui check` asks about service orders and what was issued for them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from svc_tui.db.core.derived_orders import BILLING, TRANSFERRED, reckoned
from svc_tui.db.core.engine import Store
from svc_tui.domain.errors import N_, DomainError, Invalid

_BATCH = 1_000


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
    wrong = store.sql(
        f"SELECT a.number FROM activity_line k JOIN activity a ON a.id = k.activity_id WHERE k.transferred <>"
        f" COALESCE(({TRANSFERRED} = k.id), 0) ORDER BY a.number"
    )
    if wrong:
        yield Invalid(
            N_("{count} line(s) of jobs say another quantity on orders than the orders do, the first in job {number}."),
            count=len(wrong), number=wrong[0][0],
        )  # fmt: skip


def _progress(store: Store) -> Iterator[DomainError]:
    wrong: list[int] = []
    last = 0
    while rows := store.sql(
        f"SELECT id, number, progress, amount FROM service_order WHERE id > ? ORDER BY id LIMIT {_BATCH}", (last,)
    ):
        right = reckoned(store, [row[0] for row in rows])
        wrong += [number for order, number, progress, amount in rows if right[order] != (progress, amount)]
        last = rows[-1][0]
    if wrong:
        yield Invalid(
            N_("{count} order(s) have another state or amount than follows from their lines, the first is {number}."),
            count=len(wrong), number=wrong[0],
        )  # fmt: skip


def _bodies(store: Store) -> Iterator[DomainError]:
    """Every document has its bytes, and they are those that were issued."""
    lacking = store.sql(
        "SELECT d.label FROM document d WHERE NOT EXISTS (SELECT 1 FROM document_file f WHERE f.document_id = d.id"
        " AND f.format <> 'record') ORDER BY d.id"
    )
    if lacking:
        yield Invalid(
            N_("{count} document(s) have no bytes, the first is {number}."), count=len(lacking), number=lacking[0][0]
        )
    wrong, last = 0, 0
    while rows := store.sql("SELECT id, sha256, body FROM document_file WHERE id > ? ORDER BY id LIMIT 100", (last,)):
        wrong += sum(hashlib.sha256(bytes(body)).hexdigest() != sha256 for _, sha256, body in rows)
        last = rows[-1][0]
    if wrong:
        yield Invalid(N_("{count} file(s) of documents are not as they were issued."), count=wrong)


def _billing(store: Store) -> Iterator[DomainError]:
    wrong = store.sql(f"SELECT number FROM activity WHERE billing <> {BILLING} ORDER BY number")
    if wrong:
        yield Invalid(
            N_("{count} job(s) are not billed as far as they say, the first is {number}."),
            count=len(wrong), number=wrong[0][0],
        )  # fmt: skip


CHECKS: Final[Mapping[str, Callable[[Store], Iterator[DomainError]]]] = {
    "transferred": _transferred, "progress": _progress, "progress of lines": _progress, "amount": _progress,
    "body": _bodies, "billing": _billing, "billing of lines": _billing,
}  # fmt: skip
