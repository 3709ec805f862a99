"""The town of a post code: from the shipped lists of the countries we speak, else from the shop's own contacts.

The lists are read when the first post code is asked for (some 100 KB; data/towns says where they come from).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from svc_tui.db.people import contacts as rows
from svc_tui.domain.text import clean_line
from svc_tui.domain.transfer.shipped import data_folder
from svc_tui.services.core.session import Session

_LISTS = {"45": "dk", "47": "no", "46": "se", "44": "gb"}
"""The country of a list by the telephone prefix that a company carries."""
_CODE = re.compile(r"(?:(?:DK|NO|N|SE|S|GB|UK)\s*-\s*)?(\d[\d ]*|[A-Z]{1,2}\d[A-Z\d ]*)", re.IGNORECASE)


def town_of(session: Session, post_code: str) -> str:
    """The town, as its post office writes it; nothing where no post code is written or none is known."""
    typed = clean_line(post_code)
    found = _CODE.fullmatch(typed)
    if found is None:
        return ""
    code = found[1].replace(" ", "").upper()
    country = _LISTS.get(session.registers.company.country_code, "")
    return _shipped(country, code) or rows.town_of(session.store, typed)


def _shipped(country: str, code: str) -> str:
    if country == "gb":  # its list names post towns by area, the letters in front
        code = re.split(r"\d", code)[0]
    firsts, stretches = _stretches(country)
    place = bisect_right(firsts, code) - 1
    if place < 0:
        return ""
    last, town = stretches[place]
    return town if code <= last and len(code) == len(last) else ""


@cache
def _stretches(country: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The first codes, and the last code and town that belong to each; nothing for a country without a list."""
    path = data_folder() / "towns" / f"{country}.tsv"
    if not path.is_file():
        return [], []
    lines = path.read_text("utf-8").splitlines()
    parts = [line.split("\t") for line in lines if not line.startswith("#")]
    return [first for first, _, _ in parts], [(last, town) for _, last, town in parts]
