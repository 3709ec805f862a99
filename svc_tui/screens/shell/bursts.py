"""What becomes of keys that came faster than fingers, where no field has the focus."""

from __future__ import annotations

from textual import events

from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.terminal.key_queue import Item, KeyQueue, Scan


async def taken(queue: KeyQueue, event: Item, screen: BaseScreen) -> bool:
    """Whether a key began what a bar-code reader read, or a paste without brackets; then it is dealt with."""
    if not isinstance(event, events.Key):
        return False
    are_letters_text = screen.are_letters_text and not screen.is_typing
    read = await queue.read(
        event, is_writing=screen.is_writing, are_letters_text=are_letters_text, letters=screen.svc.keymap.letters
    )
    if read is None:
        return False
    screen.svc.hold_painting()
    if isinstance(read, Scan):
        if not screen.bottom.is_asking:
            screen.fade_message()
        await screen.guarded(lambda: screen.take_scan(read.code), "a scan")
    else:
        screen.complain(_("What was pasted was left out: put the cursor into a field first."))
    return True
