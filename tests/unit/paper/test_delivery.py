"""Papers are brought to folders, devices, queues and printers in the network; whatever stands in the way is told."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from svc_tui.domain.errors import Invalid
from svc_tui.domain.printers import Place, PlaceKind, read_place
from svc_tui.output.paper import delivery
from svc_tui.output.paper.delivery import deliver

BODY = b"\x1b@Kvittering\n" * 20_000


def to(text: str, body: bytes = BODY, name: str = "receipt-10401.txt", *, raw: bool = True) -> str:
    return deliver(body, read_place(text), name, raw=raw)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("192.168.1.50:9100", Place(PlaceKind.SOCKET, "192.168.1.50", 9100)),
        ("printer.shop.local:9100", Place(PlaceKind.SOCKET, "printer.shop.local", 9100)),
        ("[fe80::1]:9100", Place(PlaceKind.SOCKET, "fe80::1", 9100)),
        (" lp:Kontor_1 ", Place(PlaceKind.QUEUE, "Kontor_1")),
        ("/dev/usb/lp0", Place(PlaceKind.DEVICE, "/dev/usb/lp0")),
        ("/srv/papirer", Place(PlaceKind.FOLDER, "/srv/papirer")),
        ("~/papers", Place(PlaceKind.FOLDER, "~/papers")),
    ],
)
def test_a_place_is_understood(text: str, place: Place) -> None:
    assert read_place(text) == place


@pytest.mark.parametrize(
    "text",
    ["", "kontor", "host:0", "host:70000", "lp:", "lp:-o raw", "lp:a b", "a b:9100", "-d:9100", ":9100", "host:"],
)
def test_what_is_no_place_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Invalid, match="9100") as refused:
        read_place(text)
    assert refused.value.field == "place"


def test_nothing_in_a_folder_is_written_over(tmp_path: Path) -> None:
    told = [to(str(tmp_path), text.encode()) for text in ("en", "to", "tre")]

    assert [Path(path).name for path in told] == ["receipt-10401.txt", "receipt-10401-2.txt", "receipt-10401-3.txt"]
    assert [Path(path).read_text() for path in told] == ["en", "to", "tre"]
    assert len(list(tmp_path.iterdir())) == 3, "nothing half made is left"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no folder"):
        to(str(tmp_path / "nowhere"))


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Invalid, match="No space left"):
        to(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_device_is_never_made(tmp_path: Path) -> None:
    missing = Path("/dev/svc-tui-no-such-printer")
    with pytest.raises(Invalid, match="No such file"):
        to(str(missing))
    assert not missing.exists()
    plain = tmp_path / "file"
    plain.write_text("kept")
    with pytest.raises(Invalid, match="no printer's device"):
        deliver(BODY, Place(PlaceKind.DEVICE, str(plain)), "x", raw=True)
    assert plain.read_text() == "kept"


def test_a_device_gets_every_byte() -> None:
    ours, theirs = os.openpty()
    try:
        got = bytearray()
        reading = threading.Thread(target=_read_all, args=(ours, got, len(BODY)))
        os.set_blocking(theirs, False)
        import tty

        tty.setraw(theirs)
        reading.start()
        assert to(os.ttyname(theirs)) == os.ttyname(theirs)
        reading.join(30)
        assert bytes(got) == BODY
    finally:
        os.close(theirs)
        os.close(ours)


def _read_all(handle: int, got: bytearray, size: int) -> None:
    while len(got) < size:
        got += os.read(handle, 65_536)


@contextmanager
def listener(*, reads: bool = True) -> Iterator[tuple[str, bytearray]]:
    """A printer in the network, and what it got."""
    got = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)

        def serve() -> None:
            line, _ = server.accept()
            with line:
                while reads and (part := line.recv(65_536)):
                    got.extend(part)
                if not reads:
                    done.wait(30)

        done = threading.Event()
        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}", got
        finally:
            done.set()
            serving.join(30)


def test_a_printer_in_the_network_gets_every_byte() -> None:
    with listener() as (place, got):
        assert to(place) == place
    assert bytes(got) == BODY


def test_a_printer_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 0.3)
    with listener(reads=False) as (place, _got), pytest.raises(Invalid, match="switched on"):
        to(place, BODY * 200)


def test_a_printer_that_is_off_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(Invalid, match="does not answer"):
        to(place)


LP = """#!/bin/sh
printf '%s\\n' "$@" > {folder}/arguments
cat > {folder}/got
[ -e {folder}/refuses ] && {{ echo 'lp: The printer or class does not exist.' >&2; exit 1; }}
exit 0
"""
LPSTAT = """#!/bin/sh
[ -e {folder}/stopped ] && echo "printer $2 disabled since Mon" || echo "printer $2 is idle.  enabled since Mon"
"""


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand-ins for the system's printing."""
    for name, text in (("lp", LP), ("lpstat", LPSTAT)):
        program = tmp_path / name
        program.write_text(text.format(folder=tmp_path))
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path


@pytest.mark.parametrize("raw", [True, False])
def test_a_queue_gets_the_paper_with_its_name(cups: Path, raw: bool) -> None:
    assert to("lp:Kontor", raw=raw) == "lp:Kontor"
    assert (cups / "got").read_bytes() == BODY
    told = (cups / "arguments").read_text().split("\n")
    assert told[:4] == ["-d", "Kontor", "-t", "receipt-10401.txt"]
    assert ("raw" in told) is raw


def test_a_queue_that_refuses_says_why(cups: Path) -> None:
    (cups / "refuses").touch()
    with pytest.raises(Invalid, match="does not exist"):
        to("lp:Kontor")


def test_a_queue_that_is_stopped_is_told_although_it_took_the_paper(cups: Path) -> None:
    (cups / "stopped").touch()
    with pytest.raises(Invalid, match="cupsenable Kontor"):
        to("lp:Kontor")


def test_a_machine_without_printing_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Invalid, match="cups-client"):
        to("lp:Kontor")
