"""One line of an import as Pydantic sees it: cleaned, in our units, or refused with a sentence.

Only this module and what imports it loads Pydantic (145 ms), so it is loaded when something is imported. A field
that the line leaves empty is not in `model_fields_set`; what a new row has instead is the importer's business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.money import parse_amount, parse_percent, parse_quantity
from svc_tui.domain.records import LineKind
from svc_tui.domain.text import clean_line, clean_text, search_key

LARGEST_NUMBER: Final = 99_999_999
"""Contact numbers have at most eight digits, so that the series has room above it and a search finds them."""

_NUMBER = N_("“{value}” is not a number of at most eight digits.")
_YES_OR_NO = N_("“{value}” in the column {column} is neither yes nor no.")
_KIND = N_("“{value}” is not a kind of product: part, resource or hours.")
_TOO_LONG = N_("The {column} is longer than {limit} characters.")
_UNREADABLE = N_("The column {column} cannot be read.")

_YES: Final = frozenset(("1", "x", "j", "y", "ja", "yes", "true", "sand", "sann", "sant", "-1"))
_NO: Final = frozenset(("0", "n", "nej", "nei", "no", "false", "falsk", "usand", "usann", "-"))
_KINDS: Final = {
    "part": LineKind.PART, "vare": LineKind.PART, "del": LineKind.PART, "reservedel": LineKind.PART,
    "reservdel": LineKind.PART, "produkt": LineKind.PART, "product": LineKind.PART, "artikel": LineKind.PART,
    "artikkel": LineKind.PART, "item": LineKind.PART, "lager": LineKind.PART, "stock": LineKind.PART,
    "resource": LineKind.RESOURCE, "ressource": LineKind.RESOURCE, "ressurs": LineKind.RESOURCE,
    "resurs": LineKind.RESOURCE, "service": LineKind.HOURS, "ydelse": LineKind.HOURS, "tjeneste": LineKind.HOURS,
    "tjanst": LineKind.HOURS, "timer": LineKind.HOURS, "hours": LineKind.HOURS, "time": LineKind.HOURS,
    "timar": LineKind.HOURS,
}  # fmt: skip
_GROUP: Final = (re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))"), re.compile(r"(?<=\d),(?=\d{3}(?!\d))"))
_FINE: Final = (re.compile(r"(-?)(\d{1,13}),(\d{3,10})"), re.compile(r"(-?)(\d{1,13})\.(\d{3,10})"))


def _line(text: str, info: ValidationInfo, limit: int) -> str:
    """One line of text; a name that would be cut is refused, for it would no longer be that name."""
    cleaned = clean_line(text, limit + 1)
    if len(cleaned) > limit:
        raise Invalid(_TOO_LONG, field=info.field_name, column=info.field_name, limit=limit)
    return cleaned


def _flag(text: str, info: ValidationInfo) -> bool:
    word = search_key(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Invalid(_YES_OR_NO, field=info.field_name, column=info.field_name, value=_quoted(text))


def contact_number(text: str) -> int:
    """A contact's number as a file writes it.

    Raises:
        Invalid: when it is none.
    """
    digits = text.strip().removesuffix(".0")  # a spreadsheet's whole number
    if not (digits.isascii() and digits.isdigit() and 1 <= int(digits) <= LARGEST_NUMBER):
        raise Invalid(_NUMBER, field="number", value=_quoted(text))
    return int(digits)


def _quoted(text: str) -> str:
    return clean_line(text, 24)


def _language(info: ValidationInfo) -> str:
    return str((info.context or {}).get("language", "en"))


def _ungrouped(text: str, language: str) -> str:
    """Without thousands marks: which mark that is has been settled by the file's form."""
    return _GROUP[language == "en"].sub("", text)


def _amount(text: str, info: ValidationInfo) -> int:
    """Other programs keep prices with four decimals; here they are rounded to the minor unit, half away from zero."""
    language = _language(info)
    if fine := _FINE[language == "en"].fullmatch(_ungrouped(text.strip(), language)):
        exact = Decimal(f"{fine[1]}{fine[2]}.{fine[3]}")
        text = str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
        language = "en"
    return parse_amount(text, language, info.field_name)


def _quantity(text: str, info: ValidationInfo) -> int:
    return parse_quantity(_ungrouped(text.strip(), _language(info)), _language(info), info.field_name)


def _percent(text: str, info: ValidationInfo) -> int:
    return parse_percent(text, _language(info), info.field_name)


def _kind(text: str) -> str:
    word = search_key(text)
    if word not in _KINDS:
        raise Invalid(_KIND, field="kind", value=_quoted(text))
    return str(_KINDS[word])


def _of(limit: int) -> AfterValidator:
    return AfterValidator(partial(_line, limit=limit))


Line20 = Annotated[str, _of(20)]
Line60 = Annotated[str, _of(60)]
Line120 = Annotated[str, _of(120)]
Line150 = Annotated[str, _of(150)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, AfterValidator(clean_text)]
Amount = Annotated[int, BeforeValidator(_amount)]
Quantity = Annotated[int, BeforeValidator(_quantity)]
Percent = Annotated[int, BeforeValidator(_percent)]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ContactLine(_Line):
    """A line of a contact list; a contact person may be on it."""

    number: Annotated[int, BeforeValidator(contact_number)] | None = None
    external_key: Line60 = ""
    supplier_number: Line20 = ""
    name: Line120 = ""
    vat_number: Line60 = ""
    is_customer: Flag | None = None
    is_supplier: Flag | None = None
    is_company: Flag | None = None
    is_private: Flag | None = None
    address: Line150 = ""
    address_2: Line150 = ""
    post_code: Line20 = ""
    city: Line120 = ""
    country: Line60 = ""
    phone: Line60 = ""
    mobile: Line60 = ""
    email: Line120 = ""
    note: Text = ""
    retired: Flag | None = None
    person_name: Line120 = ""
    person_first_name: Line60 = ""
    person_last_name: Line60 = ""
    person_phone: Line60 = ""
    person_email: Line120 = ""


class ProductLine(_Line):
    """A line of a product list; `vat_code` and `note` have no place in our register."""

    code: Line60 = ""
    name: Annotated[str, _of(300)] = ""
    ean: Line20 = ""
    kind: Annotated[str, BeforeValidator(_kind)] | None = None
    unit: Line20 = ""
    price: Amount | None = None
    cost: Amount | None = None
    purchase_price: Amount | None = None
    vat_rate: Percent | None = None
    supplier: Line120 = ""
    supplier_number: Line20 = ""
    supplier_code: Line60 = ""
    product_group: Line120 = ""
    stock: Quantity | None = None
    retired: Flag | None = None


Model = TypeVar("Model", bound=_Line)


def read_line(model: type[Model], values: Mapping[str, str], language: str = "en") -> Model:
    """A line checked; `values` are by field, empty ones are taken as not given.

    Args:
        model: What it is a line of.
        values: The file's texts.
        language: Whose numbers the file's are written like.

    Raises:
        Invalid: with what is wrong in the first column that cannot be taken.
    """
    given: dict[str, Any] = {name: value for name, value in values.items() if value}
    try:
        return model.model_validate(given, context={"language": language})
    except ValidationError as refused:
        column = str(refused.errors()[0]["loc"][0])
        raise Invalid(_UNREADABLE, field=column, column=column) from refused
