"""What a job may cost at most as its customer agreed: told, compared, and in the way of a bill until he says yes."""

from __future__ import annotations

import pytest

from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import Invalid, NotAllowed
from svc_tui.domain.records import Payer
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities, ceilings, typed_edits
from svc_tui.services.jobs.activities import Sheet
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.ceilings import Way
from svc_tui.services.orders import transfer
from tests.db.billed import line, repaired
from tests.db.jobs import again, changed, count, job, status

STORY = 106_125
"""What the customer of `repaired` pays with VAT, a part that is planned among it."""


def agreed(session: Session, amount: int | None) -> Sheet:
    """A repaired job whose customer agreed to so much."""
    sheet = repaired(session)
    activities.save(session, changed(sheet, ceiling=amount))
    return again(session, sheet)


def comes_to(session: Session, sheet: Sheet) -> int:
    return ceilings.standing(session, (sheet.id or 0,))[0].comes_to


def test_a_job_without_a_ceiling_is_compared_with_nothing(shop: Session) -> None:
    sheet = agreed(shop, None)
    assert ceilings.standing(shop, (sheet.id or 0,)) == []
    assert len(transfer.picked(transfer.propose(shop, [sheet.id or 0]))) == 2


def test_it_is_compared_with_what_the_customer_pays_with_vat(shop: Session) -> None:
    lines = [
        line("Skærm", 1000, 100_000),
        line("Reklamation", 1000, 900_000, "supplier", line_id=-2),
        line("Kulance", 1000, 900_000, "us", line_id=-3),
    ]
    sheet = repaired(shop, lines)
    activities.save(shop, changed(sheet, ceiling=125_000))
    standing = ceilings.standing(shop, (sheet.id or 0,))[0]
    assert (standing.comes_to, standing.limit, standing.is_over) == (125_000, 125_000, False), "not above it"
    activities.save(shop, changed(again(shop, sheet), ceiling=124_999))
    assert ceilings.standing(shop, (sheet.id or 0,))[0].is_over


def test_what_is_planned_counts_until_the_job_is_done_then_only_what_was_used(shop: Session) -> None:
    sheet = repaired(shop, [line("Timer", 1000, 40_000, kind="hours", planned=3000)])
    activities.save(shop, changed(sheet, ceiling=60_000))
    assert comes_to(shop, sheet) == 150_000
    activities.save(shop, changed(again(shop, sheet), status=status(shop, "Udført")))
    assert comes_to(shop, sheet) == 50_000


def test_over_the_ceiling_nothing_of_the_customers_is_billed_and_the_suppliers_part_is(shop: Session) -> None:
    sheet = agreed(shop, STORY - 1)
    jobs = [sheet.id or 0]
    proposed = transfer.propose(shop, jobs)
    with pytest.raises(Invalid, match=rf"Job {sheet.number} comes to .* more than the .* agreed"):
        transfer.picked(proposed)
    picks = transfer.picked(proposed, payers=(Payer.SUPPLIER,))
    assert len(transfer.make(shop, jobs, picks)) == 1


def test_a_ceiling_that_is_passed_while_the_lines_are_looked_at_is_in_the_way_too(shop: Session) -> None:
    sheet = agreed(shop, None)
    picks = transfer.picked(transfer.propose(shop, [sheet.id or 0]))
    activities.save(shop, changed(sheet, ceiling=100))
    with pytest.raises(Invalid, match="agreed"):
        transfer.make(shop, [sheet.id or 0], picks)
    assert count(shop.store, "service_order") == 0


def test_saving_is_never_refused(shop: Session) -> None:
    sheet = agreed(shop, 100)
    saved = activities.save(shop, changed(sheet, subject="Alligevel"))
    assert saved.number == sheet.number


def test_the_customers_yes_opens_the_way_and_stays_in_the_history(shop: Session) -> None:
    sheet = agreed(shop, STORY - 1)
    now = ceilings.approve(shop, sheet.id or 0, STORY, " Bodil Jensen ", Way.PHONE)
    assert (now.limit, now.is_over) == (STORY, False)
    assert shop.store.sql("SELECT up_to, who, way FROM job_approval") == [(STORY, "Bodil Jensen", "phone")]
    assert len(transfer.picked(transfer.propose(shop, [sheet.id or 0]))) == 2
    assert shop.store.sql("SELECT count(*) FROM change_set WHERE act = 'activity.approve'") == [(1,)]
    assert list(findings(shop.store)) == []


def test_a_yes_that_is_not_enough_is_noted_and_the_job_is_still_over(shop: Session) -> None:
    sheet = agreed(shop, 1_000)
    assert ceilings.approve(shop, sheet.id or 0, 2_000, "Bodil", Way.MAIL).is_over


def test_undoing_the_yes_takes_it_away(shop: Session) -> None:
    sheet = agreed(shop, 1_000)
    ceilings.approve(shop, sheet.id or 0, STORY, "Bodil", Way.COUNTER)
    undo.undo_last(shop)
    assert ceilings.standing(shop, (sheet.id or 0,))[0].limit == 1_000
    undo.redo_last(shop)
    assert ceilings.standing(shop, (sheet.id or 0,))[0].limit == STORY


@pytest.mark.parametrize(
    ("up_to", "who", "why"),
    [(STORY, " ", "Who of the customer"), (1_000, "Bodil", "is agreed already"), (0, "Bodil", "is agreed already")],
)
def test_a_yes_names_somebody_and_is_to_more(shop: Session, up_to: int, who: str, why: str) -> None:
    sheet = agreed(shop, 1_000)
    with pytest.raises(Invalid, match=why):
        ceilings.approve(shop, sheet.id or 0, up_to, who, Way.PHONE)
    assert count(shop.store, "job_approval") == 0


def test_a_job_without_a_ceiling_says_where_it_is_written(shop: Session) -> None:
    sheet = agreed(shop, None)
    for ask in (
        lambda: ceilings.to_agree(shop, sheet.id or 0),
        lambda: ceilings.approve(shop, sheet.id or 0, 5, "Bodil", Way.PHONE),
    ):
        with pytest.raises(Invalid, match=r"no ceiling.*Misc\."):
            ask()


def test_whom_to_ask_is_the_one_the_job_is_for(shop: Session) -> None:
    assert ceilings.to_agree(shop, agreed(shop, 1_000).id or 0).who == "Jensen"


def test_who_only_looks_notes_nothing(shop: Session) -> None:
    sheet = agreed(shop, 1_000)
    assert shop.employee is not None
    shop.employee = shop.employee._replace(role=Role.READONLY)
    with pytest.raises(NotAllowed):
        ceilings.approve(shop, sheet.id or 0, STORY, "Bodil", Way.PHONE)


def test_it_is_set_as_any_field_by_an_act_in_the_shops_notation(shop: Session) -> None:
    sheet = job(shop, "Fjernsyn")
    at_once(shop, [sheet.id or 0], typed_edits.read(shop, "prisloft", "1.250,50"))
    assert again(shop, sheet).values["ceiling"] == 125_050
    at_once(shop, [sheet.id or 0], typed_edits.read(shop, "prisloft", ""))
    assert again(shop, sheet).values["ceiling"] is None
    with pytest.raises(Invalid, match="below zero"):
        at_once(shop, [sheet.id or 0], typed_edits.read(shop, "prisloft", "-5"))
    with pytest.raises(Invalid, match="below zero"):
        activities.save(shop, changed(again(shop, sheet), ceiling=-1))


def test_two_who_set_it_differently_conflict_and_neither_is_lost(shop: Session) -> None:
    sheet = agreed(shop, 1_000)
    activities.save(shop, changed(sheet, subject="Andet emne"))
    activities.save(shop, changed(sheet, ceiling=2_000))
    found = again(shop, sheet)
    assert (found.values["subject"], found.values["ceiling"]) == ("Andet emne", 2_000)
