"""Products: found by code, EAN or name."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.people import contacts as rows
from svc_tui.domain.language.quick_line import QuickLine, Reading
from svc_tui.domain.records import ProductRow
from svc_tui.domain.rights import Right
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import clean_line, search_key, words
from svc_tui.services.core.session import Session

EAN_LENGTHS = (8, 12, 13, 14)


def search(session: Session, text: str, limit: int = 50) -> list[ProductRow]:
    """Products whose code or EAN is the text, then those whose code, then name begins so, then any word of them."""
    session.require(Right.ACTIVITY_READ)
    store = session.store
    text = clean_line(text)
    key, code = search_key(text), code_key(text)
    found: list[ProductRow] = []
    if code.isdecimal() and len(code) in EAN_LENGTHS:
        by_ean = rows.product_by_ean(store, code)
        found += [by_ean] if by_ean else []
    if code:
        exact = rows.product_by_code(store, code, text)
        found += [exact] if exact else []
        found += rows.products_by_prefix(store, "code_key", code, limit)
    found += rows.products_by_prefix(store, "name_key", key, limit)
    prefixes = words(text)
    if prefixes and len(found) < limit:
        found += rows.products_by_words(store, prefixes, limit)
    return list({product.id: product for product in found}.values())[:limit]


class Meant(NamedTuple):
    """What the quick line stands for: products by the first reading that finds any, else what is in no register."""

    reading: Reading
    found: tuple[ProductRow, ...]


def meant(session: Session, line: QuickLine, limit: int = 20) -> Meant:
    """The products that a quick line means, the likeliest first."""
    for reading in line.readings:
        found = search(session, reading.part, limit) if words(reading.part) else []
        if found:
            return Meant(reading, tuple(found))
    return Meant(line.readings[0], ())


def get(session: Session, product_id: int) -> ProductRow | None:
    return rows.product_by_id(session.store, product_id)
