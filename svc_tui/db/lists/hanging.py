"""What must hang on a job, in SQL: a condition on `activity AS a`, and what the names in it are the names of."""

from __future__ import annotations

from collections.abc import Sequence

from svc_tui.db.core import search
from svc_tui.db.core.engine import Store
from svc_tui.domain.queries import Hanging

_JOBS = {
    "product": "SELECT l.activity_id FROM activity_line l WHERE l.product_id",
    "linked": "SELECT l.activity_id FROM activity_link l WHERE l.role = 'supplier' AND l.contact_id",
}
_ONE = {
    "product": "SELECT 1 FROM activity_line l WHERE l.activity_id = a.id AND l.product_id IS NOT NULL LIMIT 1",
    "linked": "SELECT 1 FROM activity_link l WHERE l.activity_id = a.id AND l.role = 'supplier' LIMIT 1",
}
_NAMELESS = "a.device_id IS NULL OR a.device_id IN (SELECT d.id FROM device d WHERE d.name_key = '')"


def condition(rule: Hanging) -> tuple[str, list[object]]:
    """The jobs on which one of these hangs.

    Indexes: device_name_key_brand_model; activity_line_by_product; activity_link_by_contact.
    """
    parts: list[str] = []
    marks = ", ".join("?" * len(rule.keys))
    if rule.keys and rule.what == "model":
        parts.append(f"a.device_id IN (SELECT d.id FROM device d WHERE d.name_key IN ({marks}))")
    elif rule.keys:
        parts.append(f"a.id IN ({_JOBS[rule.what]} IN ({marks}))")
    if rule.none:
        parts.append(_NAMELESS if rule.what == "model" else f"({_ONE[rule.what]}) IS NULL")
    if len(parts) == 1 and not rule.negated:
        return parts[0] if not rule.none else f"({parts[0]})", list(rule.keys)
    either = f"COALESCE({' OR '.join(f'({part})' for part in parts)}, 1 = 0)" if parts else "1 = 0"
    return f"NOT {either}" if rule.negated else either, list(rule.keys)


def products_with_code(store: Store, code: str, code_key: str) -> list[int]:
    """Ids of the product with exactly this code, else of those whose codes differ in their punctuation only.

    Retired ones too, for their jobs remain. Index: product_code, product_code_key.
    """
    exact = store.sql("SELECT id FROM product WHERE code = ?", (code,))
    rows = exact or (store.sql("SELECT id FROM product WHERE code_key = ?", (code_key,)) if code_key else [])
    return [row[0] for row in rows]


def suppliers_by_words(store: Store, words: Sequence[str]) -> list[int]:
    """Ids of the suppliers in whose entry every word is found as a prefix. Index: contact_suppliers, contact_search."""
    found, parameters = search.matching_at_once(store, "contact_search", words)
    return [row[0] for row in store.sql(f"SELECT id FROM contact WHERE is_supplier AND id IN ({found})", parameters)]
