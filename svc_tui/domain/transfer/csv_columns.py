"""Which column of a foreign file holds which of our fields.

Names are compared without case, accents, spaces and punctuation (`fold_name`), so `E-post`, `e post` and `EPOST` are
one. Within a field the likelier name stands first; a column serves the first field that claims it. So `Kunde` is the
name in a list that has no other, and a yes/no flag in one that has; and `Navn` beside `Firma` is the contact person,
which whoever imports takes for the name where the company is empty.

A heading may say more than the name: whose it is (`Customer email`), which of several (`Business Phone`,
`Telefon (privat)`), that VAT is in a price, or have a beginning that all headings of the file share (`pcname`,
`pcphone`). Further columns of a field fill in where the first is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Final, NamedTuple

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.text import search_key
from svc_tui.domain.transfer import contact_columns, product_columns
from svc_tui.domain.transfer.contact_columns import CONTACT_COLUMNS, GROUPED_FIELDS, GROUPS
from svc_tui.domain.transfer.product_columns import EXCLUDED, INCLUDED, PRODUCT_COLUMNS, VAT_WORDS, WITH_VAT

__all__ = [
    "CONTACT_COLUMNS",
    "MAMUT_FORMAT",
    "MAMUT_LAYOUTS",
    "NUMBER_FIELDS",
    "PRODUCT_COLUMNS",
    "Columns",
    "Source",
    "fold_name",
    "is_address_book",
    "is_noun",
    "is_of_people",
    "is_supplier_name",
    "known_names",
    "map_columns",
    "nearest",
    "sources",
    "wanted_columns",
]

Columns = Mapping[str, tuple[str, ...]]

NUMBER_FIELDS: Final = ("price", "cost", "purchase_price", "vat_rate", "stock")
"""The product fields whose values tell how a file writes its decimals."""

MAMUT_FORMAT: Final = r"GBA[A-Z]{1,2}[0-9]{2}"
"""What the first value of a file in one of Mamut's own formats looks like; such a file has no heading line."""

MAMUT_LAYOUTS: Final[Mapping[str, tuple[str, ...]]] = {
    "GBAP15": (
        *("Format", "PRODID", "Description", "Unit", "Weight", "Volume", "PRICECOST", "PRICEOUT", "VATCODE"),
        *("DATA21", "Subgroup", "PRICEIN", "VENDCODE", "STORESTOCK", "Warehouse code", "Input VAT code", "EANCODE"),
    ),
}
"""The columns of Mamut's semicolon formats that are known by position (decimals are written with a point)."""

_ALONE: Final = frozenset(
    ("variant_of", "variant_1", "variant_2", "variant_3", "kind", "active", "retired", "contact_type")
)
"""Fields of one column only; others are filled in from further columns."""
_NAMES: Final = frozenset(("name", "person_name", "person_first_name", "person_middle_name", "person_last_name"))

_NO_FIELD = N_("There is no field {name}. svc-tui import --columns lists them.")
_NO_COLUMN = N_("The file has no column {column}. It has: {header}.")
_NO_PAIR = N_("Write --map as column=field, for example “Konto=number”, not “{text}”.")


class Source(NamedTuple):
    """One column that a field is read from, and which of several it is (`work`, `home`; empty for the plain one)."""

    column: str
    group: str = ""


@cache
def fold_name(name: str) -> str:
    """A column name as it is compared: its letters and digits, without case and accents."""
    return "".join(letter for letter in search_key(name) if letter.isalnum())


@cache
def _index(kind: str) -> dict[str, tuple[str, ...]]:
    """Folded name -> the fields that may be called so."""
    found: dict[str, list[str]] = {}
    for name_of_field, names in _tables()[kind].items():
        for name in names:
            fields = found.setdefault(fold_name(name), [])
            if name_of_field not in fields:
                fields.append(name_of_field)
    return {name: tuple(fields) for name, fields in found.items()}


def _tables() -> dict[str, Columns]:
    return {"contacts": CONTACT_COLUMNS, "products": PRODUCT_COLUMNS}


def _kind(columns: Columns) -> str:
    return "products" if "code" in columns else "contacts"


def _readings(column: str, kind: str, prefix: str) -> list[tuple[str, str, str]]:
    """(folded name, group, ending of the field) that a heading may mean."""
    folded = fold_name(column)
    shortened = fold_name(column.partition("(")[0])
    names = [folded]
    if prefix and folded.startswith(prefix):
        names.append(folded[len(prefix) :])
    owners = product_columns.OWNERS if kind == "products" else contact_columns.OWNERS
    names += [name[len(owner) :] for name in list(names) for owner in owners if name.startswith(owner)]
    found = [(name, "", "") for name in names if name]
    if kind == "products":
        return [*found, *_of_vat(column, names)] + ([(shortened, "", "")] if not _is_included(folded) else [])
    grouped = [(rest, group, "") for name in names for rest, group in _grouped(name)]
    return [*found, *(grouped or [(shortened, "", "")])]


@cache
def _grouped(name: str) -> tuple[tuple[str, str], ...]:
    """Names of grouped columns without what says which of several it is."""
    found: list[tuple[str, str]] = []
    for group, marks in GROUPS.items():
        for mark in marks:
            for rest in (name.removeprefix(mark), name.removesuffix(mark)):
                if rest == name:
                    continue
                if not set(_index("contacts").get(rest, ())).isdisjoint(GROUPED_FIELDS):
                    found.append((rest, group))
                elif rest in contact_columns.COMPANY_NAMES and group in ("billing", "work"):
                    found.append((rest, ""))
    return tuple(found)


def _is_included(folded: str) -> bool:
    return any(word in folded for word in INCLUDED)


def _of_vat(column: str, names: Sequence[str]) -> list[tuple[str, str, str]]:
    """Names of prices without what they say of VAT."""
    spoken = [fold_name(word) for word in column.replace("(", " ").replace("/", " ").replace(".", " ").split()]
    marks = (*INCLUDED, *EXCLUDED)
    says = any(word.startswith(mark) for word in spoken for mark in marks) or any(mark in names[0] for mark in INCLUDED)
    if not says:
        return []
    ending = "_with_vat" if _is_included(names[0]) else ""
    found: list[tuple[str, str, str]] = []
    for name in names:
        rest = name
        for word in sorted((*marks, *VAT_WORDS), key=len, reverse=True):
            rest = rest.replace(word, "", 1)
        found.append((rest, "", ending))
    return found


def _shared_beginning(header: Sequence[str], kind: str) -> str:
    """What nearly all headings of a file begin with, where their rest is known and they are not."""
    folded = [fold_name(name) for name in header if name]
    if len(folded) < 4:
        return ""
    index = _index(kind)
    best, most = "", sum(name in index for name in folded) + 2
    for length in range(2, min(12, len(folded[0]))):
        prefix = folded[0][:length]
        sharing = [name for name in folded if name.startswith(prefix)]
        known = sum(name[length:] in index for name in sharing)
        if len(sharing) * 10 >= len(folded) * 6 and known > most:
            best, most = prefix, known
    return best


def sources(
    header: Sequence[str], columns: Columns, wanted: Mapping[str, str] | None = None
) -> dict[str, list[Source]]:
    """The columns of the file that each of our fields is read from, the first that counts first.

    Args:
        header: The names of the columns, each once.
        columns: The names that the fields may have.
        wanted: What the user said: column -> field (empty: not read).
    """
    kind = _kind(columns)
    settled = dict(wanted or {})
    found: dict[str, list[Source]] = {}
    for column, name in settled.items():
        if name:
            found.setdefault(name, []).append(Source(column))
    prefix = _shared_beginning(header, kind)
    ways = {column: _readings(column, kind, prefix) for column in header if column and column not in settled}
    exact, loose = _Readings(), _Readings()
    for column, read in ways.items():
        if read:
            exact.setdefault(read[0], []).append(column)
    for level in range(1, max(map(len, ways.values()), default=0)):
        for column, read in ways.items():
            if level < len(read):
                loose.setdefault(read[level], []).append(column)
    taken: set[str] = set(settled)
    if "name" not in found and (firm := _company_beside_person(columns, exact, loose)):
        found["name"] = [Source(firm)]
        taken.add(firm)
    for readings in (exact, loose):
        _claim(columns, readings, found, taken, is_first=True)
    for readings in (exact, loose):
        _claim(columns, readings, found, taken, is_first=False)
    return found


_Readings = dict[tuple[str, str, str], list[str]]
"""What headings may mean, and the columns that may mean it."""


def _company_beside_person(columns: Columns, exact: _Readings, loose: _Readings) -> str:
    """The column of an address that holds companies, where the one called as the name may be holds persons'."""
    titles = (fold_name(title) for title in columns["name"])
    name = next((title for title in titles if (title, "", "") in exact), "")
    if name not in contact_columns.PEOPLE:
        return ""
    return next((held[0] for way, held in loose.items() if way[0] in contact_columns.COMPANY_NAMES and not way[1]), "")


def _claim(
    columns: Columns, readings: _Readings, found: dict[str, list[Source]], taken: set[str], *, is_first: bool
) -> None:
    """Give columns that nobody has to the fields: first one a field, then what may fill in."""
    groups = ("",) if is_first else ("", *GROUPS)
    fields = [(name, ending) for name in columns for ending in (("", "_with_vat") if name in WITH_VAT else ("",))]
    for name, ending in fields:
        field = name + ending
        is_single = is_first or name in _ALONE or name in _NAMES
        ways = [(fold_name(title), group, ending) for title in columns[name] for group in groups]
        for way in ways:
            for column in readings.get(way, ()):
                if column not in taken and not (is_single and field in found):
                    found.setdefault(field, []).append(Source(column, way[1]))
                    taken.add(column)


def map_columns(header: Sequence[str], columns: Columns) -> dict[str, str]:
    """The first column of each field; fields the file does not have are left out."""
    return {name: entries[0].column for name, entries in sources(header, columns).items()}


def known_names(header: Sequence[str], extra: frozenset[str] = frozenset()) -> int:
    """How many of these names are known as headings, of contacts or of products, whichever knows more."""
    names = [name for name in header if name]
    return max(
        sum(
            fold_name(name) in _index(kind)
            or name in extra
            or any(way[0] in _index(kind) for way in _readings(name, kind, ""))
            for name in names
        )
        for kind in ("contacts", "products")
    )


def is_noun(column: str) -> bool:
    """Whether a column may be a flag or hold the name."""
    return fold_name(column) in contact_columns.NOUNS


def is_of_people(column: str) -> bool:
    """Whether a column of names may hold those of persons beside a company's; also where there is none."""
    return not column or fold_name(column) in contact_columns.PEOPLE


def is_address_book(mapped: Mapping[str, str]) -> bool:
    """Whether a file has a column of companies beside columns of everybody's own name: who has only the first is one.

    Args:
        mapped: The first column of each field.
    """
    if is_of_people(mapped.get("name", "")):
        return False
    columns = (mapped.get(name, "") for name in ("person_name", "person_first_name", "person_last_name"))
    return any(
        name in contact_columns.PEOPLE
        or (name.endswith(contact_columns.OWN_NAMES) and not name.startswith(contact_columns.PERSONS))
        for name in map(fold_name, columns)
    )


def is_supplier_name(column: str) -> bool:
    """Whether a column's name says that the list is one of suppliers."""
    return fold_name(column).startswith(contact_columns.SUPPLIER_WORDS)


def nearest(column: str, columns: Columns) -> tuple[str, str] | None:
    """The known name most like a column's, and its field; None where nothing is like it."""
    index = {fold_name(name): (name, field_name) for field_name, names in columns.items() for name in names}
    close = get_close_matches(fold_name(column), index, n=1, cutoff=0.72)
    return index[close[0]] if close else None


def wanted_columns(pairs: Sequence[str], header: Sequence[str], columns: Columns) -> dict[str, str]:
    """What `--map column=field` says, checked.

    Raises:
        Invalid: when there is no such column or field.
    """
    by_fold = {fold_name(name): name for name in reversed(header) if name}
    found: dict[str, str] = {}
    for pair in pairs:
        column, mark, name = (part.strip() for part in pair.rpartition("="))
        if not mark or not column:
            raise Invalid(_NO_PAIR, text=pair[:60])
        if name and name not in columns and name.removesuffix("_with_vat") not in WITH_VAT:
            raise Invalid(_NO_FIELD, name=name[:40])
        known = column if column in header else by_fold.get(fold_name(column))
        if known is None:
            raise Invalid(_NO_COLUMN, column=column[:60], header=", ".join(filter(None, header))[:300])
        found[known] = name
    return found
