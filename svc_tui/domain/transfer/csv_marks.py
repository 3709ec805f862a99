"""How the values of a file are written: the mark before decimals, the order of dates, a line that is one value."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Literal

DateOrder = Literal["dmy", "mdy", "ymd"]

_DATE = re.compile(r"([0-9]{1,4})[-./]([0-9]{1,2})[-./]([0-9]{1,4})(?:[ T].*)?")
_NUMBER = re.compile(r"[^0-9.,]{0,5}([0-9]*(?:[ \u00a0'][0-9]{3})*(?:[.,][0-9]+)+)[^0-9.,]{0,5}")


def decimal_mark(value: str) -> str | None:
    """The mark before the decimals, when the value leaves no doubt."""
    if not ("." in value or "," in value) or not (number := _NUMBER.fullmatch(value.strip())):
        return None
    parts: list[str] = re.split(r"[.,]", number[1])
    marks: list[str] = re.findall(r"[.,]", number[1])
    last = marks[-1]
    if len(set(marks)) == 2:
        return last if marks.count(last) == 1 else None
    if len(marks) > 1:
        groups_of_three = all(len(part) == 3 for part in parts[1:])
        return ("," if last == "." else ".") if groups_of_three else None
    whole, decimals = parts
    doubtful = len(decimals) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return None if doubtful else last


def date_order_of(value: str) -> DateOrder | None:
    if not (date := _DATE.fullmatch(value.strip())):
        return None
    first, second = date[1], int(date[2])
    if len(first) == 4:
        return "ymd"
    if int(first) > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= int(first) else None


def usual_order(orders: Counter[DateOrder]) -> DateOrder:
    return orders.most_common(1)[0][0] if orders else "dmy"


def unwrapped(record: list[str], delimiter: str, width: int = 0) -> list[str]:
    """The values of a line that was saved as one value of another file; every other record as it is.

    Args:
        record: Its values.
        delimiter: What parts the values within.
        width: How many they must be; 0 for two or more.
    """
    if not record or delimiter not in record[0] or any(record[1:]):
        return record
    try:
        inner = next(csv.reader(io.StringIO(record[0], newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return record
    return inner if any(inner) and len(inner) == (width or max(len(inner), 2)) and len(inner) > 1 else record
