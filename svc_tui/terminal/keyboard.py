"""Bytes from the terminal made into keys, whatever bytes they are."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.message import Message

from svc_tui.terminal.key_sequences import Dialect

log = logging.getLogger(__name__)

ESC = "\x1b"
PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"
ANSWER = "\x1b[0n"
"""What a terminal says when it has drawn everything that was written before it was asked."""
PASTE_QUIET, PASTE_LONGEST = 2.0, 20.0
"""Seconds without a byte, and in all, after which a paste is over though its end never came."""
LETTER_DELAY, UTF8_DELAY = 0.05, 0.4
"""Seconds a byte may wait for the rest of its UTF-8 letter before it is taken for Latin-1; the second where the
terminal is said to send UTF-8 and has sent no Latin-1."""
SEQUENCE_DELAY = 1.0
"""Seconds a control sequence may take to arrive once it is more than Escape and one character."""
ALT_TOGETHER = 0.05
"""Seconds between Escape and a letter from which on they are two keys, even where a sequence may take longer."""
ALT_DELAY = 0.025
"""Seconds after Escape and a letter in which text that follows shows that they were typed ahead of it."""
LATEST = 30.0
"""Seconds after which what was cut off is not expected any more."""
LONGEST_KEY = 8
"""Characters that one key may send; more in one go are the rest of a paste."""
LONGEST_SEQUENCE = 4096
MOST_PASTED = 2_000_000
"""Characters of a paste that are kept; nothing here holds as many."""

_PIECE = re.compile(
    r"""
      [^\x1b]+                                      # text
    | \x1b\[\[[A-E]                                 # F1 to F5 of the Linux console
    | \x1b\[M[^\x1b]{3}                             # the mouse, the old way
    | \x1b\[[0-9]{1,2}\$                            # shifted keys of rxvt
    | \x1b\[(?![M\[])[0-?]*[ -/]*[@-~]              # a control sequence
    | \x1bO[0-9]?[@-~]                              # a key of the keypad, PF1 to PF4
    | \x1b\][^\x07\x1b]*(?:\x07|\x1b\\)             # a late answer to a question of another program
    | \x1bP[0-9!>$+][^\x1b]*\x1b\\                  # likewise
    | \x1b[_^X][^\x1b\r\t]*\x1b\\                  # likewise, of pictures
    | \x1b\x1b(?:[\[O][CD]|\[3~)                    # Alt and left, right, Del of rxvt
    | \x1b[\t\x7f\x08]                              # Shift+Tab of the Linux console, Alt and backspace
    | \x1b[dDuU]                                   # Alt, whatever comes behind it
    | \x1b(?:[^\W_OP]|O(?![0-9@-~])|P(?![0-9!>$+]))(?=[\x00-\x1f\x7f])  # Alt and a letter
    | \x1b(?!_G)(?=[^\[O\]P\x00-\x1f\x7f](?s:.)|P[^0-9!>$+])                  # Escape, typed ahead of text
    | \x1b(?=[\x00-\x1f])                          # Escape, and then another key
    """,
    re.VERBOSE,
)
_SCO_F1 = re.compile(r"\x1b\[M")
_LATE = re.compile(r"\[[0-?]*[ -/]*[@-~]?|O[@-~]")
"""The rest of a sequence whose Escape came long before, or its beginning: nobody types `[` behind Escape."""
_BEGUN = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*|\[\[|\[M[^\x1b]{0,2}|O[0-9]?|[^\x00-\x1f\x7f]|\][^\x07\x1b]*\x1b?"
    r"|P(?:[0-9!>$+][^\x1b]*\x1b?)?|_G[^\x1b]*\x1b?)?"
)
_ABORTED = re.compile(r"\x1b(?:\[\[?[0-?]*[ -/]*|[\]P][^\x1b\x07]*)?")
_ENDLESS = {"[": "\x1b[?", "]": "\x1b]", "P": "\x1bP$"}
"""What is kept of a sequence that is too long to be one."""
_REPORT = re.compile(r"\x1b\[(?:\?[0-9]{1,5};[0-9]\$y|<[0-9]{1,4};-?[0-9]{1,5};-?[0-9]{1,5}[Mm])")
"""What a terminal may tell besides keys: a mode it knows, the mouse."""


def decode(data: bytes) -> tuple[str, bytes]:
    """Text, and the bytes at the end that may begin a UTF-8 letter.

    Bytes that are not UTF-8 are letters of Latin-1, which is what such a client sends; controls among them begin
    sequences, or are dropped.
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
            text.append(_not_utf8(data[error.start : error.end]))
            data = data[error.end :]
    return "".join(text), b""


def _holds_utf8(data: bytes, waiting: bytes) -> bool:
    """Whether what does not wait for more is UTF-8, controls of one byte aside."""
    try:
        data[: len(data) - len(waiting)].decode()
    except UnicodeDecodeError as error:
        return data[error.start] < 0xA0
    return True


_CONTROLS = {
    "\x8e": "\x1b[?", "\x8f": "\x1bO", "\x90": "\x1bP", "\x98": "\x1bX", "\x9b": "\x1b[", "\x9c": "\x1b\\",
    "\x9d": "\x1b]", "\x9e": "\x1b^", "\x9f": "\x1b_",
}  # fmt: skip
"""What begins or ends a sequence in one byte, as a VT220 with eight bits sends it, and the same in seven bits.

The letter of another alphabet (`SS2`) becomes a report that nobody knows: it goes with it."""


def _not_utf8(data: bytes) -> str:
    return "".join(letter if letter >= "\xa0" else _CONTROLS.get(letter, "") for letter in data.decode("latin-1"))


def _seven_bits(text: str) -> str:
    """Controls of eight bits in UTF-8, as a terminal may send them that has both."""
    return text if text.isascii() else re.sub("[\x80-\x9f]", lambda found: _CONTROLS.get(found[0], ""), text)


_WORD_KEYS = {
    "\x1b\x7f": "alt+backspace", "\x1b\x08": "alt+backspace",
    "\x1b\x1b[D": "alt+left", "\x1b\x1bOD": "alt+left",
    "\x1b\x1b[C": "alt+right", "\x1b\x1bOC": "alt+right",
    "\x1b\x1b[3~": "alt+delete",
}  # fmt: skip


def _named(character: str) -> str:
    return "space" if character == " " else character


class TerminalAnswer(Message):
    """The terminal has drawn what was written; see `svc_tui.terminal.display`."""


class Keyboard:
    """Bytes from the terminal in, Textual's messages out.

    Only what Textual's parser understands reaches it, a whole sequence at a time; the rest is dropped. Alt and a letter
    is one key. What is typed ahead looks the same where Escape stands before text: then it is Escape, and the text;
    but never before `d` or `u`, which change a job where a letter is a command.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, is_utf8: bool = False, term: str = "") -> None:
        """
        Args:
            clock: Seconds.
            is_utf8: Whether the terminal is said to send UTF-8.
            term: TERM.
        """
        self._clock = clock
        self._is_utf8 = is_utf8
        self._was_latin1 = False
        """Whether a letter was waited for in vain; the second time it is Latin-1 that is sent."""
        self._dialect = Dialect(term)
        self._parser = XTermParser()
        self._bytes = b""
        self._pending = ""
        self._heard = 0.0
        self._paste_since: float | None = None
        self._cut_off = ""
        """What is still to come of a sequence whose beginning was not waited for any longer."""
        self._cut_off_at = 0.0

    def feed(self, data: bytes) -> list[Message]:
        """The messages that `data` completes."""
        before, self._heard = self._heard, self._clock()
        text, waiting = decode(self._bytes + data)
        if self._is_utf8 and not text.isascii() and not _holds_utf8(self._bytes + data, waiting):
            self._is_utf8 = False
        self._bytes = waiting
        text = self._joined(_seven_bits(text))
        if self._pending == ESC and self._heard - before > ALT_TOGETHER and text[:1] not in ("", ESC, *"[O]P"):
            self._pending = ""
            return [events.Key("escape", ESC), *self._take(text)]
        return self._take(text)

    def _joined(self, text: str) -> str:
        """The text with what belongs to a sequence or a paste that was given up for being late."""
        cut_off, self._cut_off = self._cut_off, ""
        late = self._heard - self._cut_off_at
        if not cut_off or not text or late > LATEST:
            return text
        if cut_off == ESC:  # it was told as Escape; nobody types a sequence in one go
            return ESC + text if _LATE.match(text) and late <= SEQUENCE_DELAY else text
        if text.startswith(cut_off):
            return text[len(cut_off) :]
        return PASTE_START + text if len(text) > LONGEST_KEY and not text.startswith(ESC) else text

    def wait(self) -> float | None:
        """Seconds until `tick` has something to do; None if only more bytes can help."""
        due = []
        if self._bytes:
            due.append(self._heard + (UTF8_DELAY if self._is_utf8 else LETTER_DELAY))
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
        if PASTE_START.startswith(self._pending) and len(self._pending) > 2:
            return PASTE_QUIET
        return max(SEQUENCE_DELAY, constants.ESCAPE_DELAY)

    def tick(self) -> list[Message]:
        """The messages that come of having waited long enough."""
        if self.wait() != 0.0:
            return []
        if self._bytes:
            self._is_utf8, self._was_latin1 = self._is_utf8 and not self._was_latin1, True
            letters, self._bytes = _not_utf8(self._bytes), b""
            return self._take(letters)
        pending, self._pending = self._pending, ""
        self._cut_off_at = self._clock()
        if self._paste_since is not None:
            return self._paste_cut_off(pending)
        if pending == ESC:
            self._cut_off = ESC
        return self._understand(pending)

    def _paste_cut_off(self, body: str) -> list[Message]:
        """A paste that went on no longer: its end, or more of it, may still come."""
        begun = next((size for size in range(len(PASTE_END) - 1, 0, -1) if body.endswith(PASTE_END[:size])), 0)
        self._cut_off = PASTE_END[begun:]
        return self._paste(body[: len(body) - begun])

    def _take(self, text: str) -> list[Message]:
        self._pending += text
        messages: list[Message] = []
        while self._pending:
            if self._paste_since is not None:
                body, end, rest = self._pending.partition(PASTE_END)
                if not end:
                    if len(self._pending) > MOST_PASTED:
                        self._pending = self._pending[:MOST_PASTED] + self._pending[1 - len(PASTE_END) :]
                    break
                self._pending = rest
                messages += self._paste(body)
            elif piece := (_SCO_F1 if self._dialect.is_sco else _PIECE).match(self._pending) or _PIECE.match(
                self._pending
            ):
                self._pending = self._pending[piece.end() :]
                messages += self._understand(piece[0])
            elif self._may_go_on():
                break
            else:
                self._drop_aborted()
        return messages

    def _may_go_on(self) -> bool:
        if _BEGUN.fullmatch(self._pending) is None:
            return False
        if len(self._pending) > LONGEST_SEQUENCE:
            # Its end is still to come, and what is between is no text.
            self._pending = _ENDLESS[self._pending[1]] + (ESC if self._pending.endswith(ESC) else "")
        return True

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
        if piece in _WORD_KEYS:
            return [events.Key(_WORD_KEYS[piece], None)]
        if len(piece) == 2 and piece[1] not in "\t\x00":
            return [events.Key(f"alt+{_named(piece[1])}", None)]
        if piece == "\x1b\t":  # the Linux console
            return [events.Key("shift+tab", None)]
        if piece[2:3] in ("?", "<"):
            return self._parse(piece) if _REPORT.fullmatch(piece) else []
        pressed = self._dialect.pressed(piece)
        if pressed is None:
            return []
        return [events.Key(pressed.name, None)] if pressed.name else self._parse(pressed.text)

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
