"""Lists and pickers are in the order of the shop's letters, through an index, also after the language is changed."""

from __future__ import annotations

import random

import pytest

from svc_tui.db.core.engine import Store
from svc_tui.db.lists.ordering import letters_sql
from svc_tui.db.people import contacts as rows
from svc_tui.domain.language.alphabet import alphabet_of, letters
from svc_tui.domain.queries import ActivityQuery, Order
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.services.people import contacts, employees
from svc_tui.services.people.company import change_company
from tests.db.jobs import contact, job

NAMES = [
    *("Aage", "Abel", "Ærlig", "Zoë", "Åse", "Østergaard", "Émile", "Eva", "Çelik", "Šime", "Ñandú", "Über", "Ängby"),
    *("Örebro", "zebra", "Łukasz", "Þór", "Ödön", "Œuvre", "Straße", "aal", "AABEN", "x" * 50 + "Å", "ĳs", "žák"),
]
LANGUAGES = ["da", "nb", "sv", "en"]


def wanted(names: list[str], language: str) -> list[str]:
    return sorted(names, key=lambda name: letters(name, alphabet_of(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_databases_reckon_the_letters_as_the_program_does(shop: Session, language: str) -> None:
    change_company(shop, {"language": language})
    dice = random.Random(language)
    signs = "".join(alphabet_of(language).single) + "".join(alphabet_of(language).double) + "aabzAZ {|}'%_ 漢éß"
    texts = NAMES + ["".join(dice.choices(signs, k=dice.randrange(60))) for _ in range(300)]
    for text in texts:
        # As a column: a parameter would be taken for another type.
        key = letters_sql(shop.store, "t.x")
        found = shop.store.sql(f"SELECT {key} FROM (SELECT CAST(? AS text) AS x) AS t", (text,))
        assert found[0][0] == letters(text, alphabet_of(language)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_jobs_are_sorted_by_the_shops_letters_both_ways_and_page_by_page(shop: Session, language: str) -> None:
    change_company(shop, {"language": language})
    for name in NAMES:
        job(shop, name, customer=contact(shop, name).id)
    for column in ("subject", "customer"):
        for descending in (False, True):
            query = ActivityQuery(order=Order(column, descending))
            found = []
            page = lists.page(shop, query, 4)
            while page:
                found += [row.subject for row in page]
                page = lists.page(shop, query, 4, after=page[-1])
            keys = [letters(name, alphabet_of(language)) for name in found]
            assert keys == sorted(keys, reverse=descending)
            assert sorted(found) == sorted(NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_has_an_index_whatever_the_language(shop: Session, language: str) -> None:
    change_company(shop, {"language": language})
    assert uses(shop.store, "activity_by_subject", "activity", "subject")
    assert uses(shop.store, "contact_by_name", "contact", "name")


def uses(store: Store, index: str, table: str, column: str) -> bool:
    key = letters_sql(store, column)
    select = f"SELECT id FROM {table} WHERE {key} > 'm' ORDER BY {key}, id LIMIT 5"
    if store.dialect == "sqlite":
        plan = " ".join(str(row[3]) for row in store.sql(f"EXPLAIN QUERY PLAN {select}"))
        return index in plan and "TEMP B-TREE" not in plan
    with store.transaction():
        store.execute_sql("SET LOCAL enable_seqscan = off")
        return index in " ".join(str(row[0]) for row in store.sql(f"EXPLAIN {select}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pickers_are_in_the_order_of_lists(shop: Session, language: str) -> None:
    change_company(shop, {"language": language})
    names = ["Aage", "Åse", "Abel", "Axel", "Ærlig", "Adam"]
    for name in names:
        contact(shop, name)
        employees.add_employee(shop, name, Role.TECHNICIAN, f"X{names.index(name)}")
    assert [row.name for row in contacts.search(shop, "a")] == wanted(names, language)
    assert [row.name for row in contacts.search(shop, "")] == wanted(names, language)
    assert [row.name for row in rows.contacts_by_name(shop.store, "a", "all", 3)] == wanted(names, language)[:3]
    people = [entry.name for entry in shop.registers.employees if entry.name in names]
    assert people == wanted(names, language)
