"""One line of an import as Pydantic sees it: cleaned, in our units, or refused with a sentence.

Only this module and what imports it loads Pydantic (145 ms), so it is loaded when something is imported. A field
that the line leaves empty is not in `model_fields_set`; what a new row has instead is the importer's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.numbers import whole_number
from svc_tui.domain.records import LineKind
from svc_tui.domain.text import clean_line, clean_text, search_key
from svc_tui.domain.transfer.file_numbers import amount, quantity

LARGEST_NUMBER: Final = 999_999_999
"""Contact numbers have at most nine digits; a longer one is another program's, which becomes the external key."""

_YES_OR_NO = N_("“{value}” in the column {column} is neither yes nor no.")
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
    "tjänst": LineKind.HOURS, "timer": LineKind.HOURS, "hours": LineKind.HOURS, "time": LineKind.HOURS,
    "timar": LineKind.HOURS, "arbejde": LineKind.HOURS, "arbete": LineKind.HOURS, "arbeid": LineKind.HOURS,
    "labour": LineKind.HOURS, "labor": LineKind.HOURS, "services": LineKind.HOURS, "goods": LineKind.PART,
    "lagervare": LineKind.PART, "lagerbeholdning": LineKind.PART, "inventar": LineKind.PART,
    "configurable": LineKind.PART, "grouped": LineKind.PART, "virtual": LineKind.PART, "non-inventory": LineKind.PART,
    "ikke-lager": LineKind.PART, "ikke-lagervare": LineKind.PART, "lagerfoert": LineKind.PART,
    "handelsvare": LineKind.PART, "storable": LineKind.PART, "consu": LineKind.PART,
    "storable product": LineKind.PART, "consumable": LineKind.PART, "simple": LineKind.PART, "variable": LineKind.PART,
    "variation": LineKind.PART, "physical": LineKind.PART, "inventory": LineKind.PART, "varer": LineKind.PART,
    "spare part": LineKind.PART, "reservedele": LineKind.PART, "vara": LineKind.PART, "bundle": LineKind.PART,
}  # fmt: skip
_ACTIVE: Final = frozenset(("active", "aktiv", "published", "publish", "i brug", "in use"))
_PASSIVE: Final = frozenset(
    ("inactive", "inaktiv", "archived", "arkiveret", "udgaaet", "utgaatt", "discontinued", "passiv")
)
_LONGEST_TEXT: Final = 20_000


def _line(text: str, info: ValidationInfo, limit: int) -> str:
    """One line of text; a name that would be cut is refused, for it would no longer be that name."""
    cleaned = clean_line(text, len(text))  # not cut near the limit: a blank there would be stripped unseen
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


def is_flag(text: str) -> bool:
    """Whether a text says yes or no."""
    return search_key(text) in _YES | _NO


def contact_number(text: str) -> int | None:
    """A contact's number as a file writes it; None when it can be none of ours."""
    return whole_number(text, LARGEST_NUMBER) or None


def _quoted(text: str) -> str:
    return clean_line(text, 24)


def _comma(info: ValidationInfo) -> bool:
    return bool((info.context or {}).get("comma", False))


def _amount(text: str, info: ValidationInfo) -> int:
    """Other programs keep prices with four decimals; here they are rounded to the minor unit."""
    return amount(text, comma=_comma(info), field=str(info.field_name))


def _quantity(text: str, info: ValidationInfo) -> int:
    return quantity(text, comma=_comma(info), field=str(info.field_name))


def _text(text: str, info: ValidationInfo) -> str:
    cleaned = clean_text(text, len(text))
    if len(cleaned) > _LONGEST_TEXT:
        raise Invalid(_TOO_LONG, field=info.field_name, column=info.field_name, limit=_LONGEST_TEXT)
    return cleaned


@cache
def _kinds() -> dict[str, LineKind]:
    """The words as they are compared: `Tjänst` is found however its letters are folded."""
    return {search_key(word): kind for word, kind in _KINDS.items()}


def kind_of(text: str) -> LineKind | None:
    """The kind of product that a word means; None for one that is not known."""
    return _kinds().get(search_key(text))


def is_active(text: str) -> bool | None:
    """Whether a product is in use, by its status in another program; None when the word tells nothing."""
    word = search_key(text)
    if word in _YES or word in _ACTIVE:
        return True
    return False if word in _NO or word in _PASSIVE else None


def _of(limit: int) -> AfterValidator:
    return AfterValidator(partial(_line, limit=limit))


Line20 = Annotated[str, _of(20)]
Line60 = Annotated[str, _of(60)]
Line120 = Annotated[str, _of(120)]
Line150 = Annotated[str, _of(150)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, AfterValidator(_text)]
Amount = Annotated[int, BeforeValidator(_amount)]
Quantity = Annotated[int, BeforeValidator(_quantity)]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ContactLine(_Line):
    """A line of a contact list; a contact person may be on it."""

    number: int | None = None
    external_key: Line60 = ""
    supplier_number: Line60 = ""
    name: Line120 = ""
    vat_number: Line60 = ""
    is_customer: Flag | None = None
    is_supplier: Flag | None = None
    is_company: Flag | None = None
    is_private: Flag | None = None
    address: Line150 = ""
    address_2: Line150 = ""
    address_3: Line150 = ""
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
    person_middle_name: Line60 = ""
    person_last_name: Line60 = ""
    person_phone: Line60 = ""
    person_email: Line120 = ""


class ProductLine(_Line):
    """A line of a product list."""

    code: Line60 = ""
    name: Annotated[str, _of(300)] = ""
    ean: Line20 = ""
    kind: LineKind | None = None
    unit: Line20 = ""
    price: Amount | None = None
    cost: Amount | None = None
    purchase_price: Amount | None = None
    price_with_vat: Amount | None = None
    cost_with_vat: Amount | None = None
    purchase_price_with_vat: Amount | None = None
    vat_rate: int | None = None
    supplier: Line120 = ""
    supplier_number: Line20 = ""
    supplier_code: Line60 = ""
    product_group: Line120 = ""
    stock: Quantity | None = None
    retired: Flag | None = None
    location: Line120 = ""


Model = TypeVar("Model", bound=_Line)


def read_line(model: type[Model], values: Mapping[str, Any], *, comma: bool = False) -> Model:
    """A line checked; `values` are by field, empty ones are taken as not given.

    Args:
        model: What it is a line of.
        values: The file's texts, and what was made of them.
        comma: Whether the file writes decimals with a comma.

    Raises:
        Invalid: with what is wrong in the first column that cannot be taken.
    """
    given: dict[str, Any] = {name: value for name, value in values.items() if value not in ("", None)}
    try:
        return model.model_validate(given, context={"comma": comma})
    except ValidationError as refused:
        column = str(refused.errors()[0]["loc"][0])
        raise Invalid(_UNREADABLE, field=column, column=column) from refused
