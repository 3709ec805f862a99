"""What the filter line proposes: fields, values in the user's language, dates, customers from the index."""

from __future__ import annotations

from datetime import datetime

import pytest

from svc_tui.domain.filters.filter_words import vocabulary_for
from svc_tui.domain.filters.filters import Field
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.filters import completion, lists
from svc_tui.services.filters.completion import Suggestion
from tests.db.jobs import contact, part


@pytest.fixture
def desk(shop: Session) -> Session:
    shop.clock = [float(to_seconds(datetime(2026, 11, 24, 9, 0)))]
    contact(shop, "Jensen & Søn ApS")
    contact(shop, "Åse Holm")
    part(shop, "HDMI-2M", "HDMI-kabel")
    return shop


@pytest.mark.parametrize(
    ("typed", "line", "hint"),
    [
        ("sta", "status:", "tus:"),
        ("skærm fas", "skærm fase:", "e:"),
        ("-ans", "-ansvarlig:", "varlig:"),
        ("resp", "responsible:", "onsible:"),
        ("status:ven", 'status:"Venter på dele"', "ter på dele"),
        ('status:"ven', 'status:"Venter på dele"', "ter på dele"),
        ("status:Udført,ven", 'status:Udført,"Venter på dele"', "ter på dele"),
        ("status:dele", 'status:"Venter på dele"', " → Venter på dele"),
        ("status:ing", "status:ingen", "en"),
        ("ansv:an", "ansv:AH", " → AH"),
        ("ansv:mi", "ansv:mig", "g"),
        ("fase:å", "fase:åben", "ben"),
        ("forsinket:j", "forsinket:ja", "a"),
        ("lovet:im", "lovet:imorgen", "orgen"),
        ("start:<fre", "start:<fredag", "dag"),
        ("start:1.11..tor", "start:1.11..torsdag", "sdag"),
        ("kunde:jens", 'kunde:"Jensen & Søn ApS"', "en & Søn ApS"),
        ("kunde:aase", 'kunde:"Åse Holm"', " → Åse Holm"),
        ("del:hd", "del:HDMI-2M", "MI-2M"),
        ("liste:prod", "liste:product", "uct"),
    ],
)
def test_what_is_written_is_taken_further(desk: Session, typed: str, line: str, hint: str) -> None:
    found = completion.complete(desk, "product", typed, len(typed))
    assert found is not None
    assert (found.text, found.caret, found.hint) == (line, len(line), hint)
    if not line.endswith(":"):
        lists.resolve(desk, None, line)


@pytest.mark.parametrize(
    "typed", ["", "s", "skærm", "status:", "status:xyz", '"sta', "kunde:j", "nr:100", "status:ingen", "12:3"]
)
def test_nothing_is_proposed_where_nothing_is_known(desk: Session, typed: str) -> None:
    assert completion.complete(desk, "product", typed, len(typed)) is None


def test_nothing_is_proposed_within_the_line(desk: Session) -> None:
    assert completion.complete(desk, "product", "sta x", 3) is None


def test_the_list_writes_where_the_caret_is(desk: Session) -> None:
    line = "skærm status:ven,udført ansv:ah"
    offer = completion.choices(desk, "product", line, line.index("ven") + 1)
    assert (offer.name, offer.spot.typed) == ("status", "ven")
    labels = [one.label for one in completion.values(desk, "product", offer.spot.field, "")]
    assert labels[-1] == "ingen"
    assert "Venter på dele" in labels
    assert completion.taken(line, offer, Suggestion("Klar til afhentning", "")).text == (
        'skærm status:"Klar til afhentning",udført ansv:ah'
    )


def test_between_words_the_fields_are_offered(desk: Session) -> None:
    offer = completion.choices(desk, "product", "skærm ", 6)
    assert offer.spot.field is None
    names = [one.label for one in completion.values(desk, "product", None, "")]
    assert names[0] == "status"
    assert names == list(vocabulary_for("da").labels.values())


def test_usual_periods_say_their_days(desk: Session) -> None:
    details = {one.value: one.detail for one in completion.values(desk, None, Field.START, "")}
    assert details["idag"] == "24.11."
    assert details["uge48"] == "23.11. .. 29.11."
    assert details["november"] == "01.11. .. 30.11."
    for text in details:
        lists.resolve(desk, None, f"start:{text}")
