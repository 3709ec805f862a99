"""Writes data/towns: the town of every post code of the countries whose languages the program speaks.

python -m docs.towns FOLDER      FOLDER holds DK, NO, SE and GB/postcodes.json of countrystatecity-postal-codes

The source is the countries-states-cities-database (https://github.com/dr5hn/countries-states-cities-database), under
the Open Database License 1.0, which holds for the files written here too.
"""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "data" / "towns"
COUNTRIES = ("DK", "NO", "SE", "GB")
_SMALL = frozenset({"i", "på", "og", "och", "av", "ved", "under", "in", "on", "upon"})
_ABOUT = """\
# The towns of post codes, one stretch of codes with the same town a line. Made by docs/towns.py from
# https://github.com/dr5hn/countries-states-cities-database under the Open Database License 1.0.
"""


def stretches(folder: Path, country: str) -> list[tuple[str, str, str]]:
    """(first code, last code, town), in the order of the codes."""
    records = json.loads((folder / country / "postcodes.json").read_text("utf-8"))
    towns = sorted((record["code"].replace(" ", ""), _named(record["localityName"])) for record in records)
    found = []
    for town, alike in groupby(towns, key=lambda pair: pair[1]):
        codes = [code for code, _ in alike]
        found.append((codes[0], codes[-1], town))
    return found


def _named(town: str) -> str:
    """A town as people write it; two of the countries' post offices write capitals only."""
    town = " ".join(town.split())
    if town != town.upper():
        return town
    words = town.title().split(" ")
    return " ".join(word.lower() if place and word.lower() in _SMALL else word for place, word in enumerate(words))


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    TARGET.mkdir(parents=True, exist_ok=True)
    for country in COUNTRIES:
        lines = (f"{first}\t{last}\t{town}\n" for first, last, town in stretches(Path(arguments[0]), country))
        (TARGET / f"{country.lower()}.tsv").write_text(_ABOUT + "".join(lines), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
