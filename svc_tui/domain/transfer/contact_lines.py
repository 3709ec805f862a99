"""A line of a contact list as our fields: foreign numbers, addresses of several lines and damaged cells put right."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any, Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.text import clean_line
from svc_tui.domain.transfer.contact_columns import COMPANY_WORDS, PRIVATE_WORDS, SUPPLIER_WORDS
from svc_tui.domain.transfer.csv_columns import fold_name
from svc_tui.domain.transfer.imports import ContactLine, contact_number, is_active, is_flag, read_line
from svc_tui.domain.transfer.spreadsheet import code_of

_CODES: Final = ("vat_number", "post_code", "phone", "mobile", "person_phone")
_KEYS: Final = ("number", "external_key", "supplier_number")
_ADDRESSES: Final = ("address", "address_2", "address_3")
_POST_TOWN = re.compile(r"((?:[A-Za-z]{1,2}-)?[0-9]{3,5}(?: [0-9]{2})?)\s+(\S.*)")

_FOREIGN = N_(
    "{value} is no number of ours (at most nine digits): it is kept as the external key, and a number is drawn."
)
_LEFT_OUT = N_("{column} was left out: the spreadsheet shortened it to {value}.")


def parse_contact(
    values: dict[str, str], remark: Callable[[Invalid], None], nouns: Collection[str] = ()
) -> ContactLine:
    """The line, checked.

    Args:
        values: The file's texts by field.
        remark: Is told what was put right or left out.
        nouns: Flags whose column is called as the company may be (`Vendor`).

    Raises:
        Invalid: when the line cannot be taken.
    """
    given: dict[str, Any] = dict(values)
    for name in nouns:
        if name in given and not is_flag(given[name]):
            _company(given, name)
    for name in _KEYS:
        if name in given:
            given[name] = clean_line(code_of(given[name], name))
            if not given[name].strip("0"):
                del given[name]
    for name in _CODES:
        if name in given:
            try:
                given[name] = code_of(given[name], name, fewest=3)
            except Invalid:
                remark(Invalid(_LEFT_OUT, field=name, column=name, value=given.pop(name)))
    for name in _ADDRESSES:
        if name in given:
            given[name] = ", ".join(part.strip() for part in given[name].splitlines() if part.strip())
    if house := given.pop("house_number", ""):
        given["address"] = " ".join(filter(None, (given.get("address"), house)))
    if (town := given.pop("post_town", "")) and "post_code" not in given and "city" not in given:
        split = _POST_TOWN.fullmatch(town.strip())
        given |= {"post_code": split[1], "city": split[2]} if split else {"city": town}
    if (kind := given.pop("contact_type", "")) and "is_company" not in given and "is_private" not in given:
        given |= _of_type(fold_name(kind))
    if (active := given.pop("active", "")) and "retired" not in given and (word := is_active(active)) is not None:
        given["retired"] = "0" if word else "1"
    _number(given, remark)
    return read_line(ContactLine, given)


def _company(given: dict[str, Any], flag: str) -> None:
    """Take the text of a flag for the company's name; what was taken for it is the person then."""
    if "name" in given:
        given.setdefault("person_name", given["name"])
    given["name"], given[flag] = given[flag], "1"


def _of_type(word: str) -> dict[str, str]:
    """What the type of a contact tells of it; nothing for a type of another program."""
    if word in COMPANY_WORDS:
        return {"is_company": "1"}
    if word in PRIVATE_WORDS:
        return {"is_company": "0"}
    return {"is_supplier": "1"} if word.startswith(SUPPLIER_WORDS) else {}


def _number(given: dict[str, Any], remark: Callable[[Invalid], None]) -> None:
    """Take a number of another program, which is none of ours, for the external key."""
    text = given.pop("number", None)
    if text is None:
        return
    number = contact_number(text)
    if number is not None:
        given["number"] = number
        return
    if "external_key" not in given:
        given["external_key"] = text
    remark(Invalid(_FOREIGN, field="number", value=text[:40]))
