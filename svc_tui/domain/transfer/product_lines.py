"""A line of a product list as our fields: foreign kinds, damaged codes and the variants of web shops put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.text import clean_line, words
from svc_tui.domain.transfer.csv_reading import CsvForm
from svc_tui.domain.transfer.file_numbers import vat_rate
from svc_tui.domain.transfer.imports import ProductLine, is_active, kind_of, read_line
from svc_tui.domain.transfer.spreadsheet import bar_code, code_of

_CODES: Final = ("supplier_number", "supplier_code")
_VARIANT: Final = ("variant_1", "variant_2", "variant_3")
_NO_VARIANT: Final = "Default Title"
_SHORTEST_BAR_CODE: Final = 8

_CODELESS = N_("The product number is missing.")
_KIND = N_("{value} is no kind of product here: it was taken as a part.")
_LEFT_OUT = N_("{column} was left out: the spreadsheet shortened it to {value}.")
_MENDED = N_("{column} {value} lacked the noughts at its beginning; it is {mended}.")
_NO_RATE = N_("{value} in the column {column} is no VAT rate; the shop's own was taken.")
_NO_BAR_CODE = N_("{column} {value} is no bar code and was left out.")


class ProductLines:
    """Reads lines in their order: a variant has the name of the line above that it belongs to."""

    def __init__(self) -> None:
        self._title = ("", "")

    def parse(self, values: dict[str, str], form: CsvForm, remark: Callable[[Invalid], None]) -> ProductLine | None:
        """The line, checked; None for one that is no product.

        Args:
            values: The file's texts by field.
            form: How the file is written.
            remark: Is told what was put right or left out.

        Raises:
            Invalid: when the line cannot be taken.
        """
        given: dict[str, Any] = dict(values)
        if self._is_picture(given):
            return None
        self._codes(given, remark)
        if not words(given.get("code", "")):
            raise Invalid(_CODELESS, field="code")
        if word := given.pop("kind", ""):
            given["kind"] = kind_of(word)
            if given["kind"] is None:  # a new product is a part then, a known one stays what it is
                remark(Invalid(_KIND, field="kind", value=clean_line(word, 40)))
        if (active := given.pop("active", "")) and "retired" not in given and (in_use := is_active(active)) is not None:
            given["retired"] = "0" if in_use else "1"
        if text := given.pop("vat_rate", ""):
            try:
                given["vat_rate"] = vat_rate(text, comma=form.decimal_comma, field="vat_rate")
            except Invalid:
                remark(Invalid(_NO_RATE, field="vat_rate", column="vat_rate", value=clean_line(text, 40)))
        return read_line(ProductLine, given, comma=form.decimal_comma)

    def _is_picture(self, given: dict[str, Any]) -> bool:
        """Name a variant after its product; gives whether the line is only a further picture of it."""
        handle = given.pop("variant_of", "")
        told = [given.pop(name) for name in _VARIANT if name in given]
        if not handle:
            return False
        if given.get("name"):
            self._title = (handle, given["name"])
            return False
        if set(given) <= {"name"}:
            return True
        if self._title[0] == handle:
            given["name"] = " ".join((self._title[1], *(part for part in told if part != _NO_VARIANT)))
        return False

    @staticmethod
    def _codes(given: dict[str, Any], remark: Callable[[Invalid], None]) -> None:
        if "code" in given:
            given["code"] = code_of(given["code"], "code", fewest=3)
        for name in _CODES:
            if name in given:
                given[name] = _whole(given.pop(name), name, remark)
        if "ean" in given:
            text = _whole(given.pop("ean"), "ean", remark)
            code = bar_code(text.replace(" ", ""))
            if code and not (code.isascii() and code.isdecimal() and len(code) >= _SHORTEST_BAR_CODE):
                is_code = len(code) <= 20 and any(map(str.isdigit, code)) and code.isascii()
                if not is_code:
                    remark(Invalid(_NO_BAR_CODE, field="ean", column="ean", value=clean_line(text, 24)))
                    code = ""
            elif code and code != text.replace(" ", ""):
                remark(Invalid(_MENDED, field="ean", column="ean", value=text, mended=code))
            given["ean"] = code


def _whole(text: str, name: str, remark: Callable[[Invalid], None]) -> str:
    """A code as it was before a spreadsheet took it for a number; empty where digits are lost."""
    try:
        return code_of(text, name, fewest=3)
    except Invalid:
        remark(Invalid(_LEFT_OUT, field=name, column=name, value=text))
        return ""
