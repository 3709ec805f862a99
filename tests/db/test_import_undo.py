"""An import is one act, however many batches it took: undone, done again, and refused row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import Invalid
from svc_tui.domain.tables import PRODUCT
from svc_tui.screens.shell.undo_told import outcome
from svc_tui.services.core.session import Session
from svc_tui.services.history import history, undo
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.bulk import Edit, Selection
from svc_tui.services.people import contacts
from svc_tui.services.transfer.import_contacts import import_contacts
from svc_tui.services.transfer.import_products import import_products
from svc_tui.services.transfer.imports import BATCH
from tests.db.jobs import job, priority
from tests.db.test_imports import file_of, stored

MANY = 2 * BATCH + 50


def many(folder: Path, count: int = MANY) -> Path:
    return file_of(
        folder,
        "Kundenr;Firmanavn;Telefon;Kontaktperson",
        *(f"{20_001 + n};Nr. {n};{20_000_000 + n};Per {n}" for n in range(count)),
    )


def test_an_import_of_several_batches_is_undone_and_done_again_as_one_act(shop: Session, tmp_path: Path) -> None:
    before = contacts.create(shop, contacts.NewContact("Holm"))
    report = import_contacts(shop, many(tmp_path))
    assert report.act is not None

    undone = undo.undo_last(shop)

    assert (undone.jobs, undone.refused) == (MANY, ())
    assert stored(shop, "name") == [("Holm",)]
    assert contacts.search(shop, "Nr. 7") == []
    with pytest.raises(Invalid, match="undone already"):
        undo.undo(shop, report.act)
    again = undo.redo_last(shop)
    assert again.jobs == MANY
    assert len(stored(shop, "name")) == MANY + 1
    assert shop.store.sql("SELECT count(*) FROM contact_person") == [(MANY,)]
    assert [found.number for found in contacts.search(shop, "20000007")] == [20_008]
    assert before.id in {found.id for found in contacts.search(shop, "Holm")}
    assert list(findings(shop.store)) == []


def test_the_parts_of_an_import_are_one_act_among_the_changes(shop: Session, tmp_path: Path) -> None:
    report = import_contacts(shop, many(tmp_path))

    acts = [act for act in history.recent(shop, 20) if act.act == "import.contacts"]

    assert [(act.id, act.rows) for act in acts] == [(report.act, 2 * MANY)]
    assert len(history.of_act(shop, acts[0].id, 3 * MANY)) == 2 * MANY
    last = shop.store.sql("SELECT max(id) FROM change_set")[0][0]
    assert undo.prospect(shop, last).head.id == report.act


def test_a_row_that_was_changed_or_used_since_stays_and_is_told(shop: Session, tmp_path: Path) -> None:
    import_contacts(shop, file_of(tmp_path, "Kundenr;Navn;By;Telefon", "20001;Holm;Skive;11111111"))
    path = file_of(
        tmp_path, "Kundenr;Navn;By;Telefon",
        "20001;Holm;Viborg;11111111", "20002;Lind;Skive;22222222", "20003;Kjær;Skive;33333333",
        "20004;Bo;Skive;44444444",
    )  # fmt: skip
    report = import_contacts(shop, path)
    import_contacts(shop, file_of(tmp_path, "Kundenr;Navn;By", "20002;Lind;Thisted"))
    used = contacts.search(shop, "Kjær")[0]
    job(shop, customer=used.id)
    assert report.act is not None

    undone = undo.undo(shop, report.act)

    assert undone.jobs == 2
    assert sorted(refusal.subject for refusal in undone.refused) == ["Kjær", "Lind"]
    assert stored(shop, "name", "city") == [("Holm", "Skive"), ("Lind", "Thisted"), ("Kjær", "Skive")]
    assert list(findings(shop.store)) == []


def test_products_of_an_import_are_taken_away_again(shop: Session, tmp_path: Path) -> None:
    before = shop.store.sql("SELECT count(*) FROM product")
    import_products(shop, file_of(tmp_path, "Varenr;Navn;Pris", "A1;Batteri;10", "A2;Skærm;20"))

    assert undo.undo_last(shop).jobs == 2
    assert shop.store.sql("SELECT count(*) FROM product") == before


def test_a_product_whose_code_another_one_has_by_now_does_not_come_back(shop: Session) -> None:
    """The database would refuse the second one with a sentence about itself."""
    with change_set(shop.store, shop.employee.id if shop.employee else None, "product.create") as changes:
        changes.insert(PRODUCT, {"code": "HDMI-9", "code_key": "hdmi9", "name": "Kabel", "name_key": "kabel"})
    undo.undo_last(shop)
    with change_set(shop.store, None, "product.create") as changes:
        changes.insert(PRODUCT, {"code": "HDMI-9", "code_key": "hdmi9", "name": "Andet", "name_key": "andet"})
    with pytest.raises(Invalid, match="Product: another one has Code HDMI-9 by now"):
        undo.redo_last(shop)


def test_what_an_import_undid_are_rows_and_what_an_act_on_jobs_undid_are_jobs(shop: Session, tmp_path: Path) -> None:
    import_products(shop, file_of(tmp_path, "Varenr;Navn;Pris", "A1;Batteri;10", "A2;Skærm;20"))

    assert not undo.prospect(shop, undo.last_act(shop).head.id).of_jobs
    assert "2 rows" in outcome(undo.undo_last(shop), str, shop.registers)

    ids = (job(shop).id or 0, job(shop).id or 0)
    urgent = priority(shop, "Høj")
    bulk.carry_out(shop, bulk.plan(shop, Selection(ids), Edit("priority", urgent)))
    assert undo.prospect(shop, undo.last_act(shop).head.id).of_jobs
    assert "2 jobs" in outcome(undo.undo_last(shop), str, shop.registers)
