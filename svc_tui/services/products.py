"""Products: found by code, EAN or name."""

from __future__ import annotations

from svc_tui.db import contacts as rows
from svc_tui.domain.records import ProductRow
from svc_tui.domain.rights import Right
from svc_tui.domain.text import clean_line, search_key, words
from svc_tui.services.session import Session

_EAN_LENGTHS = (8, 12, 13, 14)


def code_key(code: str) -> str:
    """A product's code as it is compared: folded, letters and digits only."""
    return "".join(words(search_key(code)))


def search(session: Session, text: str, limit: int = 50) -> list[ProductRow]:
    """Products whose code or EAN is the text, then those whose code, then name begins so, then any word of them."""
    session.require(Right.ACTIVITY_READ)
    store = session.store
    text = clean_line(text)
    key, code = search_key(text), code_key(text)
    found: list[ProductRow] = []
    if code.isdecimal() and len(code) in _EAN_LENGTHS:
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


def get(session: Session, product_id: int) -> ProductRow | None:
    return rows.product_by_id(session.store, product_id)
