"""`billing:` in the filter line: jobs by how far they are billed."""

from __future__ import annotations

import pytest

from svc_tui.domain.errors import FilterError
from svc_tui.services.core.session import Session
from svc_tui.services.orders import crediting
from svc_tui.services.orders.crediting import Credit
from tests.db.billed import bill, line, ordered, rendered, repaired, sells
from tests.db.jobs import job
from tests.db.test_filter_terms import subjects


def test_jobs_are_found_by_how_far_they_are_billed(shop: Session) -> None:
    sells(shop)
    names = {}
    for name in ("tobill", "ordered", "invoiced", "credited"):
        sheet = repaired(shop, [line("Kabel")], name)
        shop.store.execute_sql("UPDATE activity SET subject = ? WHERE id = ?", (name, sheet.id))
        names[name] = sheet
    job(shop, "nothing")
    ordered(shop, names["ordered"])
    bill(shop, ordered(shop, names["invoiced"])[0])
    made = bill(shop, ordered(shop, names["credited"])[0])
    crediting.credit(shop, Credit(made.id, crediting.whole(shop, made.id), {}, "fejl"), rendered)
    for name in names:
        assert subjects(shop, f"billing:{name}") == name
    assert subjects(shop, "fakturering:tilf") == "tobill"
    assert subjects(shop, "billing:none") == "nothing"
    assert set(subjects(shop, "-billing:none,tobill").split()) == {"ordered", "invoiced", "credited"}
    assert subjects(shop, "-billing:none,tobill,ordered,invoiced,credited") == ""
    with pytest.raises(FilterError, match="says nothing of billing"):
        subjects(shop, "billing:xyz")
