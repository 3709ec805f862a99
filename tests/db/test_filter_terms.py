"""The filter's rarer terms, folding, and what is found directly: a phone, an e-mail, a serial number typed as such."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.domain.errors import FilterError
from svc_tui.domain.queries import NEWEST_FIRST, ActivityQuery
from svc_tui.domain.records import LineRecord
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.filters import filtering, lists, views
from svc_tui.services.filters.views import ViewDraft
from svc_tui.services.jobs import activities
from svc_tui.services.people import contacts
from svc_tui.services.stock import products
from svc_tui.services.stock.devices import NewDevice, find_or_create
from tests.db.jobs import changed, contact, employee, job, kind, line, link, part, person, status

NOW = datetime(2026, 11, 24, 9, 0)  # a Tuesday in week 48
DAY = timedelta(days=1)


def subjects(session: Session, text: str, list_code: str | None = None) -> str:
    found = lists.page(session, lists.resolve(session, list_code, text), 1000)
    return " ".join(sorted(row.subject.split()[0] for row in found))


def at(days: int) -> int:
    return to_seconds(NOW + days * DAY)


@pytest.fixture
def shop_of_jobs(two_sessions: tuple[Session, Session]) -> Session:
    """Jobs named by a letter, registered by Anna (AH) and Bent (BK), whose devices, lines and times differ."""
    anna, bent = two_sessions
    for session, day in ((anna, -10), (bent, 0)):
        session.clock = [float(at(day))]
    jensen = contact(
        anna, "Jensen & Søn ApS", phone="20 12 34 56", email="kurt@jensen-soen.dk", vat_number="DK27948122"
    )
    aage = contact(anna, "Åge Poulsen", phone="+45 75334455 / 67 95 00 58")
    mette = person(anna, aage.id, "Mette", phone="30112233", email="mette@firma.dk")
    hdmi = part(anna, "HDMI-2M", "HDMI-kabel 2 m")
    with change_set(anna.store, None, "device.create") as changes:
        sony = find_or_create(changes, NewDevice("Sony", "Bravia KD-55", "SN-4711/B"), jensen.id)
        maaler = find_or_create(changes, NewDevice("Kamstrup", "Målerblok", "0F3A 77"), aage.id)
    hdmi_line = LineRecord(
        -1, 0, "part", hdmi.id, hdmi.code, hdmi.name, "stk", 1000, 1000, 12_900, 0, "customer", "used"
    )
    job(
        anna, "A sony nævnes her", start_at=at(-10), end_at=at(-9), customer=jensen.id, device=sony,
        promised_at=at(-1), status=status(anna, "Venter på dele"), type=kind(anna, "TV-Service"),
        responsible=employee(anna, "AH"), project="Café Måleren",
    )  # fmt: skip
    job(
        anna, "B", start_at=at(-5), end_at=None, customer=aage.id, device=maaler, lines=[hdmi_line],
        promised_at=at(-3), status=status(anna, "Udført"), responsible=employee(anna, "BK"), note="sony",
    )  # fmt: skip
    job(bent, "C 20 12 34 56 ringes op", start_at=at(3), end_at=at(4), lines=[line("Skærmkabel, langt")])
    job(
        bent, "D", start_at=at(1), end_at=None, links=[link(contacts.search(bent, "mette", persons=True)[1])],
        promised_at=at(2), project="maaleren",
    )  # fmt: skip
    assert mette
    anna.clock = [float(at(0))]
    return anna


TERMS = (
    ("slut:-9", "A B"),  # a job without an end ends when it starts
    ("end:<t", "A B"),
    ("slut:+4", "C D"),
    ("slut:ingen", "B D"),
    ("-slut:ingen", "A C"),
    ("rettet:t", "C D"),
    ("oprettet:t", "C D"),
    ("created:<t", "A B"),
    ("opretter:bk", "C D"),
    ("registreret:t", "C D"),
    ("registered:<t", "A B"),
    ("afsluttet:-10", "B"),
    ("finished:<t", "B"),
    ("afsluttet:ingen", "A C D"),
    ("-afsluttet:ingen", "B"),
    ('model:"sony bravia kd-55"', "A"),
    ('-model:"sony bravia kd-55"', "B C D"),
    ("model:ingen", "C D"),
    ("produkt:HDMI-2M", "B"),
    ("vare:hdmi2m", "B"),
    ("-produkt:hdmi-2m", "A C D"),
    ("tilknyttet:ingen", "A B C D"),
    ("creator:me", "A B"),
    ("-opretter:bk", "A B"),
    ("ansv:mig", "A"),
    ("resp:me", "A"),
    ("ansv:mig,bk", "A B"),
    ("apparat:sony", "A"),
    ("device:bravia", "A"),
    ("apparat:kd-55", "A"),
    ('apparat:"sony bravia"', "A"),
    ("apparat:maalerb", "B"),
    ("apparat:målerb", "B"),
    ("apparat:sony,kamstrup", "A B"),
    ("apparat:ingen", "C D"),
    ("apparat:ingen,sony", "A C D"),
    ("-apparat:sony", "B C D"),
    ("del:hdmi-2m", "B"),
    ("part:hdmi", "B"),
    ("del:skærmk", "C"),
    ("del:hdmi,skaermkabel", "B C"),
    ("del:ingen", "A D"),
    ("-del:hdmi", "A C D"),
    ("projekt:måleren", "A D"),
    ("project:cafe", "A"),
    ("projekt:ingen", "B C"),
    ("-projekt:cafe", "B C D"),
    ("forsinket:ja", "A"),
    ("late:yes", "A"),
    ("forsinket:nej", "B C D"),
    ("-forsinket:ja", "B C D"),
    ("forsinket:ja,nej", "A B C D"),
    ("forsinket:ingen", "B C"),
    ("status-siden:t", "C D"),
    ("status-since:<t", "A B"),
    ("-siden:t", "A B"),
    ("urørt:1", "A"),
    ("urørt:t", "A"),
    ("-urørt:1", "B C D"),
    ("urørt:60", ""),
    ("start:>fr", ""),
    ("start:<uge48", "A B"),
    ("start:<uge48 start:>-6", "B"),
    ("start:-10,+3 start:+2..+4", "C"),
    ("-start:<t", "C D"),
    ("lovet:i.morgen", ""),
    ("lovet:ingen", "C"),
    ("lovet:>t,ingen", "C D"),
    ('lovet:"i overmorgen"', "D"),
    ("lovet:-3..-1 -ansv:ah", "B"),
    ("-type:ingen", "A"),
    ('kunde:"jensen & søn"', "A"),
    ("kunde:jensen,åge", "A B"),
    ("sony", "A B"),
)


def test_every_term_shows_what_it_says(shop_of_jobs: Session) -> None:
    shown = {text: subjects(shop_of_jobs, text) for text, _ in TERMS}
    assert shown == dict(TERMS)
    assert {text: lists.counts(shop_of_jobs, lists.resolve(shop_of_jobs, None, text)).matching for text in shown} == {
        text: len(found.split()) for text, found in TERMS
    }


def test_many_customers_of_one_name_are_all_shown(shop_of_jobs: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {text: subjects(shop_of_jobs, text) for text in ("kunde:jensen,åge", "-kunde:jensen", "kunde:ingen,jensen")}
    monkeypatch.setattr(filtering, "_MOST_LISTED", 0)
    assert lists.resolve(shop_of_jobs, None, "kunde:jensen").holding
    assert {text: subjects(shop_of_jobs, text) for text in few} == few
    assert few["kunde:jensen,åge"] == "A B"


def test_the_command_line_takes_the_same_terms(shop_of_jobs: Session) -> None:
    for terms, found in ((["kunde:Jensen & Søn", "fase:åben"], "A"), (["-ansv:ah", "20 12 34 56"], "C")):
        page = lists.page(shop_of_jobs, filtering.resolve_terms(shop_of_jobs, None, terms).query, 9)
        assert [row.subject[0] for row in page] == [found]


def test_initials_come_before_the_word_for_oneself(shop_of_jobs: Session) -> None:
    me = next(entry for entry in shop_of_jobs.registers.employees if entry.initials == "BK")._replace(initials="ME")
    shop_of_jobs.registers = shop_of_jobs.registers._replace(
        employees=(*[e for e in shop_of_jobs.registers.employees if e.id != me.id], me)
    )
    assert subjects(shop_of_jobs, "ansv:me") == "B"
    assert subjects(shop_of_jobs, "ansv:mig") == "A"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20 12 34 56", "A C"),
        ("20123456", "A"),
        ("2012 3456", "A"),
        ("+45 20 12 34 56", "A"),
        ("004520123456", "A"),
        ("+45 75 33 44 55", "B D"),
        ("30 11 22 33", "B D"),
        ("kurt@jensen-soen.dk", "A"),
        ("KURT@jensen-søn.dk", "A"),
        ("mette@firma.dk", "B D"),
        ("sn4711b", "A"),
        ("SN-4711/B", "A"),
        ("sn 4711", "A"),
        ("0f3a77", "B"),
        ("0F3A 77", "B"),
        ("20 12 34 56 ansv:ah", "A"),
        ("-ansv:ah 20 12 34 56", "C"),
        ("10003", "C"),
        ("27948122", "A"),
        ("DK27948122", "A"),
        ("dk 27 94 81 22", "A"),
        ("DK-27948122", "A"),
        ("-DK27948122", "B C D"),
        ("kunde:75 33 44 55", "B"),
        ("kunde:+45 7533 4455", "B"),
        ("kunde:67 95 00 58", "B"),
        ("kunde:DK 27 94 81 22", "A"),
        ("kunde:27 94 81 22 sony", "A"),
        ("-kunde:75 33 44 55 sony", "A"),
        ("67 95 00 58", "B D"),
    ],
)
def test_phone_email_serial_and_number_find_the_job(shop_of_jobs: Session, text: str, found: str) -> None:
    assert subjects(shop_of_jobs, text) == found


def test_what_is_found_directly_comes_in_pages_like_everything(shop_of_jobs: Session) -> None:
    query = lists.resolve(shop_of_jobs, None, "20 12 34 56")
    first = lists.page(shop_of_jobs, query, 1)
    second = lists.page(shop_of_jobs, query, 1, after=first[-1])
    assert [row.subject[0] for row in first + second] == ["C", "A"]
    assert lists.around_job(shop_of_jobs, query, second[0].id, 2, 2) == (first, second[0], [])
    assert lists.page(shop_of_jobs, query, 5, after=second[-1]) == []
    assert [row.subject[0] for row in lists.last_page(shop_of_jobs, query, 1)] == ["A"]


def test_a_job_registered_later_is_found_by_the_phone_too(shop_of_jobs: Session) -> None:
    query = lists.resolve(shop_of_jobs, None, "20 12 34 56")
    (jensen,) = contacts.search(shop_of_jobs, "jensen")
    job(shop_of_jobs, "E", customer=jensen.id)
    assert {row.subject[0] for row in lists.page(shop_of_jobs, query, 10)} == {"A", "C", "E"}


FOLDED = (
    ("Århus", ("århus", "aarhus", "ÅRHUS", "Aarhus", "a\u030arhus", "aarh")),
    ("Aabenraa", ("åbenrå", "aabenraa", "Åbenraa", "åben")),
    ("Søren Poe", ("soeren", "sören", "SØREN", "poe", "pø")),
    ("Kjær-Bæk", ("kjaer", "bæk", "baek", "kjär")),
    ("Café Néné", ("cafe", "café", "nene")),
    ("Björn Håkansson", ("bjørn", "bjoern", "haakansson")),
)


def test_letters_find_each_other_however_they_are_written(desk: Session) -> None:
    for name, _ in FOLDED:
        contact(desk, name)
        part(desk, f"X-{name[:2]}", name)
        job(desk, name)
    for name, typed in FOLDED:
        for text in typed:
            assert [row.subject for row in lists.page(desk, lists.resolve(desk, None, text), 9)] == [name], text
            assert [row.name for row in contacts.search(desk, text)] == [name], text
            assert [row.name for row in products.search(desk, text)] == [name], text


@pytest.fixture
def desk(shop: Session) -> Session:
    shop.clock = [float(to_seconds(NOW))]
    return shop


def test_a_mistake_speaks_the_users_language(desk: Session) -> None:
    with pytest.raises(FilterError) as refused:
        lists.resolve(desk, None, "ansv:zz")
    assert refused.value.values["what"] == "ansvarlig"


def test_what_was_renamed_is_found_by_its_new_name_only(desk: Session) -> None:
    sheet = job(desk, "Måler", project="Ny havn")
    activities.save(desk, changed(sheet, project="Gammel havn"))
    assert subjects(desk, "projekt:gammel") == "Måler"
    assert subjects(desk, "projekt:ny") == ""


def test_a_list_is_never_none(desk: Session) -> None:
    with pytest.raises(FilterError) as mistake:
        lists.resolve(desk, None, "liste:ingen")
    assert mistake.value.values["text"] == "ingen"


def test_a_filter_without_names_asks_for_nothing_more(desk: Session) -> None:
    assert lists.resolve(desk, None, "") == ActivityQuery()


def test_screen_and_shell_read_a_line_alike(shop_of_jobs: Session) -> None:
    desk = shop_of_jobs
    for words, alike in (
        ("status:venter på dele", 'status:"Venter på dele"'),
        ("sony status:venter på dele nævnes", 'sony status:"Venter på dele" nævnes'),
        ("-status:venter på dele", '-status:"Venter på dele"'),
        ("ansv:anna holm her", 'ansv:"Anna Holm" her'),
        ("type:tv service", 'type:"TV-Service"'),
        ("kunde:jensen & søn sony", 'kunde:"Jensen & Søn" sony'),
        ("-kunde:jensen & søn aps", '-kunde:"Jensen & Søn ApS"'),
        ("kunde:åge poulsen", 'kunde:"Åge Poulsen"'),
        ("kunde:jensen sony", "kunde:jensen sony"),
        ("del:hdmi-kabel 2 m", 'del:"hdmi-kabel 2 m"'),
        ("start:uge 48", "start:uge48"),
        ("apparat:sony bravia kd-55 her", 'apparat:"Sony Bravia KD-55" her'),
        ("-projekt:café måleren", '-projekt:"Café Måleren"'),
        ("serie:sn 4711 b", "serie:SN-4711/B"),
    ):
        meant = lists.resolve(desk, None, alike)
        assert lists.resolve(desk, None, words) == meant, words
        assert filtering.resolve_terms(desk, None, [words]).query == meant, words
        assert filtering.resolve_terms(desk, None, words.split()).query == meant, words


def test_the_name_of_a_saved_view_may_have_blanks(shop_of_jobs: Session) -> None:
    views.save(shop_of_jobs, ViewDraft("Mine TV sager", "ansv:ah", "", NEWEST_FIRST))
    assert subjects(shop_of_jobs, "view:mine tv sager nævnes") == "A"
    assert subjects(shop_of_jobs, "view:mine tv") == "A"


@pytest.mark.parametrize("text", ["produkt:hdmi", "tilknyttet:zzz"])
def test_what_names_exactly_one_thing_is_no_beginning_of_a_name(shop_of_jobs: Session, text: str) -> None:
    with pytest.raises(FilterError) as refused:
        lists.resolve(shop_of_jobs, None, text)
    assert refused.value.values["text"] == text.partition(":")[2]


def test_a_model_is_all_of_its_name(shop_of_jobs: Session) -> None:
    assert subjects(shop_of_jobs, "model:sony") == ""
