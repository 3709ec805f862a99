"""Bytes from the terminal made into keys, whatever bytes they are."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

log = logging.getLogger(__name__)

ESC = "\x1b"
PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"
ANSWER = "\x1b[0n"
"""What a terminal says when it has drawn everything that was written before it was asked."""
PASTE_QUIET, PASTE_LONGEST = 2.0, 20.0
"""Seconds without a byte, and in all, after which a paste is over though its end never came."""
LETTER_DELAY = 0.05
"""Seconds a byte may wait for the rest of its UTF-8 letter before it is taken for Latin-1."""
SEQUENCE_DELAY = 1.0
"""Seconds a control sequence may take to arrive once it is more than Escape and one character."""
ALT_TOGETHER = 0.05
"""Seconds between Escape and a letter from which on they are two keys, even where a sequence may take longer."""
ALT_DELAY = 0.025
"""Seconds after Escape and a letter in which text that follows shows that they were typed ahead of it."""
LONGEST_SEQUENCE = 4096

_PIECE = re.compile(
    r"""
      [^\x1b]+                                      # text
    | \x1b\[\[[A-E]                                 # F1 to F5 of the Linux console
    | \x1b\[M[^\x1b]{3}                             # the mouse, the old way
    | \x1b\[(?:23|24|[378])\$                       # shifted keys of rxvt
    | \x1b\[(?![M\[])[0-?]*[ -/]*[@-~]              # a control sequence
    | \x1bO[0-9]?[@-~]                              # a key of the keypad, PF1 to PF4
    | \x1b\][^\x07\x1b]*(?:\x07|\x1b\\)             # a late answer to a question of another program
    | \x1bP[0-9!>$+][^\x1b]*\x1b\\                  # likewise
    | \x1b\x1b(?:[\[O][CD]|\[3~)                    # Alt and left, right, Del of rxvt
    | \x1b[\t\x7f\x08]                              # Shift+Tab of the Linux console, Alt and backspace
    | \x1b[dDuU]                                   # Alt, whatever comes behind it
    | \x1b(?:[^\W_OP]|O(?![0-9@-~])|P(?![0-9!>$+]))(?=[\x00-\x1f\x7f])  # Alt and a letter
    | \x1b(?=[^\[O\]P\x00-\x1f\x7f](?s:.)|P[^0-9!>$+])                  # Escape, typed ahead of text
    | \x1b(?=[\x00-\x1f])                          # Escape, and then another key
    """,
    re.VERBOSE,
)
_BEGUN = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*|\[\[|\[M[^\x1b]{0,2}|O[0-9]?|[^\x00-\x1f\x7f]|\][^\x07\x1b]*\x1b?"
    r"|P(?:[0-9!>$+][^\x1b]*\x1b?)?)?"
)
_ABORTED = re.compile(r"\x1b(?:\[\[?[0-?]*[ -/]*|[\]P][^\x1b\x07]*)?")
_REPORT = re.compile(r"\x1b\[(?:\?[0-9]{1,5};[0-9]\$y|<[0-9]{1,4};-?[0-9]{1,5};-?[0-9]{1,5}[Mm])")
"""What a terminal may tell besides keys: a mode it knows, the mouse."""


def decode(data: bytes) -> tuple[str, bytes]:
    """Text, and the bytes at the end that may begin a UTF-8 letter.

    Bytes that are not UTF-8 are letters of Latin-1, which is what such a client sends; controls among them are dropped.
    """
    text = []
    while data:
        try:
            text.append(data.decode())
            break
        except UnicodeDecodeError as error:
            text.append(data[: error.start].decode())
            if error.reason == "unexpected end of data":
                return "".join(text), data[error.start :]
            text.append(_latin1(data[error.start : error.end]))
            data = data[error.end :]
    return "".join(text), b""


def _latin1(data: bytes) -> str:
    return "".join(letter for letter in data.decode("latin-1") if letter >= "\xa0")


_WORD_KEYS = {
    "\x1b\x7f": "alt+backspace", "\x1b\x08": "alt+backspace",
    "\x1b\x1b[D": "alt+left", "\x1b\x1bOD": "alt+left",
    "\x1b\x1b[C": "alt+right", "\x1b\x1bOC": "alt+right",
    "\x1b\x1b[3~": "alt+delete",
}  # fmt: skip


def _named(character: str) -> str:
    return "space" if character == " " else character


class TerminalAnswer(Message):
    """The terminal has drawn what was written; see `svc_tui.display`."""


class Keyboard:
    """Bytes from the terminal in, Textual's messages out.

    Only what Textual's parser understands reaches it, a whole sequence at a time; the rest is dropped. Alt and a letter
    is one key. What is typed ahead looks the same where Escape stands before text: then it is Escape, and the text;
    but never before `d` or `u`, which change a job where a letter is a command.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._parser = XTermParser()
        self._bytes = b""
        self._pending = ""
        self._heard = 0.0
        self._paste_since: float | None = None

    def feed(self, data: bytes) -> list[Message]:
        """The messages that `data` completes."""
        before, self._heard = self._heard, self._clock()
        text, self._bytes = decode(self._bytes + data)
        if self._pending == ESC and self._heard - before > ALT_TOGETHER and text[:1] not in ("", ESC, *"[O]P"):
            self._pending = ""
            return [events.Key("escape", ESC), *self._take(text)]
        return self._take(text)

    def wait(self) -> float | None:
        """Seconds until `tick` has something to do; None if only more bytes can help."""
        due = []
        if self._bytes:
            due.append(self._heard + LETTER_DELAY)
        if self._paste_since is not None:
            due.append(min(self._heard + PASTE_QUIET, self._paste_since + PASTE_LONGEST))
        elif self._pending:
            due.append(self._heard + self._patience())
        return max(0.0, min(due) - self._clock()) if due else None

    def _patience(self) -> float:
        """Seconds that what has come of a sequence may wait for the rest of it."""
        if self._pending == ESC:
            return constants.ESCAPE_DELAY
        if len(self._pending) == 2 and self._pending[1] not in "[O]P\x1b":
            return ALT_DELAY
        return max(SEQUENCE_DELAY, constants.ESCAPE_DELAY)

    def tick(self) -> list[Message]:
        """The messages that come of having waited long enough."""
        if self.wait() != 0.0:
            return []
        if self._bytes:
            letters, self._bytes = _latin1(self._bytes), b""
            return self._take(letters)
        pending, self._pending = self._pending, ""
        if self._paste_since is not None:
            return self._paste(pending)
        return self._understand(pending)

    def _take(self, text: str) -> list[Message]:
        self._pending += text
        messages: list[Message] = []
        while self._pending:
            if self._paste_since is not None:
                body, end, rest = self._pending.partition(PASTE_END)
                if not end:
                    break
                self._pending = rest
                messages += self._paste(body)
            elif piece := _PIECE.match(self._pending):
                self._pending = self._pending[piece.end() :]
                messages += self._understand(piece[0])
            elif self._may_go_on():
                break
            else:
                self._drop_aborted()
        return messages

    def _may_go_on(self) -> bool:
        return len(self._pending) <= LONGEST_SEQUENCE and _BEGUN.fullmatch(self._pending) is not None

    def _drop_aborted(self) -> None:
        """Drop a sequence that is too long or that something else broke off; what broke it off stays."""
        begun = _ABORTED.match(self._pending)
        self._pending = self._pending[begun.end() if begun else 1 :]

    def _understand(self, piece: str) -> list[Message]:
        if not piece.startswith(ESC):
            return self._parse(piece)
        if piece == ESC:
            return [events.Key("escape", ESC)]
        if piece == PASTE_START:
            self._paste_since = self._clock()
            return []
        if piece == ANSWER:
            return [TerminalAnswer()]
        keys = ANSI_SEQUENCES_KEYS.get(piece)
        if piece in _WORD_KEYS:
            return [events.Key(_WORD_KEYS[piece], None)]
        if len(piece) == 2 and piece[1] not in "\t\x00":
            return [events.Key(f"alt+{_named(piece[1])}", None)]
        if isinstance(keys, tuple):  # not by the parser: it takes some of F13 to F20 for characters or a report
            alt = "alt+" if keys[0] is Keys.Escape and len(keys) > 1 else ""
            return [events.Key(f"{alt}{keys[-1].value}", None)]
        if isinstance(keys, str):  # a sign of the keypad
            return self._parse(keys)
        if _REPORT.fullmatch(piece):
            return self._parse(piece)
        if piece.startswith("\x1bO"):
            return [events.Key("escape", ESC), *self._parse(piece[1:])]
        return []

    def _paste(self, text: str) -> list[Message]:
        self._paste_since = None
        answers = text.count(ANSWER)  # a terminal that is pasting may answer in the middle of it
        return [*(TerminalAnswer() for _ in range(answers)), events.Paste(text.replace(ANSWER, "").replace("\x00", ""))]

    def _parse(self, text: str) -> list[Message]:
        messages: list[Message] = []
        if not text:
            return messages  # to the parser, nothing is the end of everything
        try:
            messages.extend(self._parser.feed(text))
        except Exception:
            log.exception("input that Textual cannot read is dropped")
            self._parser = XTermParser()
        return messages
