"""Papers to draw in tests."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from svc_tui.domain.paper.sheet import Column, Fact, Kind, Row, Sheet, Sum

SHOP = ("Værkstedet på Ågade ApS", "Ågade 12", "5970 Ærøskøbing", "CVR 13585628")
HOSTILE = 'Skærm 55" <b> #panic() #read("/etc/passwd") *x* $y$ ]] ^XA~HI {B \\ `c` æøåÆØÅ'

RECEIPT = Sheet(
    Kind.RECEIPT, "da", "S104217", "Indleveringskvittering S104217", date(2026, 11, 30), SHOP,
    receiver=("Jens Sørensen", "Kirkegade 3"),
    facts=(Fact("Enhed", HOSTILE), Fact("Fejl", "Tænder ikke. " * 8), Fact("Lovet", "torsdag 3.12. kl. 17:00")),
    small="Vi opbevarer apparatet i tre måneder. " * 5, code="S104217", link="https://example.dk/s/S104217",
    tag=(Fact("Enhed", "Samsung Galaxy S21"), Fact("Kunde", "Jens Sørensen, 20 12 34 56")),
    signature="Kundens underskrift", foot="Værkstedet", page="Side {page} af {pages}",
)  # fmt: skip

INVOICE = Sheet(
    Kind.INVOICE, "da", "100241", "Faktura 100241", date(2026, 11, 30), SHOP,
    receiver=("Ødis Café I/S", "Øvej 3", "6000 Kolding"),
    facts=(Fact("Dato", "30.11.2026"), Fact("Enhed", "x" * 300)),
    columns=(Column("Antal", True), Column("Tekst"), Column("Pris", True), Column("Beløb", True)),
    rows=(
        Row(("Sag S104217",)),
        *(Row((str(place), f"{HOSTILE} {place}", "1.299,95", "1.299,95"), "Serienr. 00Å-1") for place in range(1, 61)),
    ),
    sums=(Sum("I alt uden moms", "77.997,00"), Sum("At betale", "97.496,25", True)),
    remarks=("FIK +71<000000001002419+81234567<",), page="Side {page} af {pages}",
)  # fmt: skip

_texts = st.text(st.characters(codec="utf-8"), max_size=60)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any sheet."""
    columns = tuple(Column(draw(_texts), draw(st.booleans())) for _ in range(draw(st.integers(0, 5))))
    cells = st.tuples(*([_texts] * len(columns)))
    return Sheet(
        draw(st.sampled_from(Kind)), "da", draw(_texts), draw(_texts), date(2026, 11, 30),
        tuple(draw(st.lists(_texts, max_size=3))),
        facts=tuple(Fact(draw(_texts), draw(_texts)) for _ in range(draw(st.integers(0, 3)))),
        columns=columns,
        rows=tuple(Row(one, draw(_texts)) for one in draw(st.lists(cells, max_size=4))) if len(columns) > 1 else (),
        sums=tuple(Sum(draw(_texts), draw(_texts)) for _ in range(draw(st.integers(0, 2)))),
        remarks=tuple(draw(st.lists(_texts, max_size=2))),
        tag=tuple(Fact(draw(_texts), draw(_texts)) for _ in range(draw(st.integers(0, 2)))), foot=draw(_texts),
    )  # fmt: skip
