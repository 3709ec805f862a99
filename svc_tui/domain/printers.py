"""Printers: what they understand, what can be printed on which, and where one is to be found."""

from __future__ import annotations

import re
from enum import Enum, StrEnum, auto
from typing import Final, NamedTuple

from svc_tui.domain.errors import N_, Invalid


class Speaks(StrEnum):
    """What a printer understands."""

    RECEIPTS = "escpos"
    """ESC/POS: receipt printers."""
    ZPL = "zpl"
    """Zebra's label printers."""
    TSPL = "tspl"
    """Label printers of TSC, Xprinter and the cheap ones."""
    PDF = "pdf"
    """What goes through the system's own printing, or into a folder."""
    TEXT = "text"
    """Plain text."""


class JobPaper(StrEnum):
    """What of a job can be printed at any time."""

    RECEIPT = "receipt"
    """The customer's receipt and the tag of the device."""
    LABELS = "labels"
    """One for the device and for each thing that came with it."""
    JOB = "job"
    """The job sheet for the workshop."""


PAPER_NAMES: Final = {
    JobPaper.RECEIPT: N_("Intake receipt"), JobPaper.LABELS: N_("Labels"), JobPaper.JOB: N_("Job sheet"),
}  # fmt: skip
SPEAKS_NAMES: Final[dict[str, str]] = {
    Speaks.RECEIPTS.value: N_("receipts (ESC/POS)"), Speaks.ZPL.value: N_("labels (ZPL)"),
    Speaks.TSPL.value: N_("labels (TSPL)"), Speaks.PDF.value: N_("pages (PDF)"), Speaks.TEXT.value: N_("plain text"),
}  # fmt: skip
PRINTER_LABELS: Final = {
    "speaks": N_("Understands"), "place": N_("Where"), "width": N_("Width"), "height": N_("Height"),
    "page": N_("Code page"), "page_number": N_("Number of the code page"), "cuts": N_("Cuts"),
    "at_intake": N_("Receipt at intake"),
}  # fmt: skip
CODE_PAGES: Final = ("cp858", "cp850", "cp865", "cp1252")
"""Those that have the letters of our languages; the first is what most printers know."""
_OF_LABELS: Final = frozenset((Speaks.ZPL, Speaks.TSPL))


class PrinterRecord(NamedTuple):
    """A printer of the register."""

    id: int
    name: str
    key: str
    speaks: Speaks
    place: str
    width: int = 42
    """Letters in a line of a receipt; millimetres of a label."""
    height: int = 29
    """Millimetres of a label."""
    page: str = "cp858"
    """The code page of its letters."""
    page_number: int | None = None
    """What the printer calls that page, where it is not Epson's number."""
    cuts: bool = True
    at_intake: bool = False
    """Whether a receipt comes out of it when a job is registered."""
    retired: bool = False

    def can_print(self, paper: JobPaper) -> bool:
        """Labels come out of label printers, everything else does not; pages and text take anything."""
        match self.speaks:
            case Speaks.ZPL | Speaks.TSPL:
                return paper is JobPaper.LABELS
            case Speaks.RECEIPTS | Speaks.PDF:
                return paper is not JobPaper.LABELS
            case Speaks.TEXT:
                return True


class PlaceKind(Enum):
    """What a place is."""

    FOLDER = auto()
    """A new file in it for each paper."""
    DEVICE = auto()
    QUEUE = auto()
    """A queue of the system's printing (CUPS)."""
    SOCKET = auto()
    """A printer in the network, mostly at port 9100."""


class Place(NamedTuple):
    """Where a printer is."""

    kind: PlaceKind
    name: str
    """Path, queue or host."""
    port: int = 0


_QUEUE: Final = re.compile(r"lp:([A-Za-z0-9_][\w.+-]{0,126})")
_SOCKET: Final = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)):(\d{1,5})")
_NO_PLACE: Final = N_(
    "“{text}” is no place of a printer. Write host:port (192.168.1.50:9100), lp:queue, a device (/dev/usb/lp0) or a"
    " folder (/srv/papers)."
)


def read_place(text: str) -> Place:
    """What was written as a printer's place.

    Raises:
        Invalid: when it is none.
    """
    told = text.strip()
    if found := _QUEUE.fullmatch(told):
        return Place(PlaceKind.QUEUE, found[1])
    if told.startswith("/dev/"):
        return Place(PlaceKind.DEVICE, told)
    if told.startswith(("/", "~")):
        return Place(PlaceKind.FOLDER, told)
    if (found := _SOCKET.fullmatch(told)) and 0 < int(found[3]) < 65_536:
        return Place(PlaceKind.SOCKET, found[1] or found[2], int(found[3]))
    raise Invalid(_NO_PLACE, field="place", text=told[:60])


def check_printer(speaks: Speaks, width: int, height: int, page: str, number: int | None) -> None:
    """
    Raises:
        Invalid: with the field that cannot be.
    """
    if speaks in _OF_LABELS and not (20 <= width <= 200 and 10 <= height <= 300):
        raise Invalid(N_("A label is 20 to 200 mm wide and 10 to 300 mm high."), field="width")
    if speaks not in _OF_LABELS and not 20 <= width <= 200:
        raise Invalid(N_("A line holds 20 to 200 letters; receipt printers 32, 42 or 48."), field="width")
    if page not in CODE_PAGES:
        raise Invalid(N_("Choose one of the code pages {pages}."), field="page", pages=", ".join(CODE_PAGES))
    if number is not None and not 0 <= number <= 255:
        raise Invalid(N_("The number of a code page is 0 to 255."), field="page_number")
