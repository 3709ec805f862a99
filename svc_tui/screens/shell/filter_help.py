"""Help while a filter line is written: what is proposed behind the caret, and the list of values of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from svc_tui.i18n import _

if TYPE_CHECKING:
    from svc_tui.screens.shell.filtered_list import FilteredList
    from svc_tui.screens.shell.picker import Picked, Row


async def propose(screen: FilteredList[Any, Any]) -> None:
    """Show behind the caret how the line may go on."""
    line, language = screen.filter_line, screen.filter_language
    text, caret = line.editor.value, line.editor.caret
    if language.is_at_hand(screen.session, text, caret):  # asking another thread takes longer than answering
        line.suggest(language.complete(screen.session, text, caret))
    else:
        line.suggest(await screen.ask_service(language.complete, text, caret))


async def look_up_filter(screen: FilteredList[Any, Any]) -> None:
    """Let a value be picked for the field at the caret; where there is none, a field and then its value."""
    from svc_tui.screens.shell.picker import Picker, Question, Row

    line, language = screen.filter_line, screen.filter_language
    text, caret = line.editor.value, line.editor.caret
    offer = await screen.ask_service(language.choices, text, caret)
    explained = screen.explained_fields()

    async def search(typed: str, options: dict[str, int]) -> list[Row[Any]]:
        found = await screen.ask_service(language.values, offer, typed)
        return [Row(one, (one.label, explained.get(one.label, "") if not offer.name else one.detail)) for one in found]

    async def picked(answer: Picked[Any] | None) -> None:
        if answer is None:
            return
        line.take(language.taken(text, offer, answer.value))
        screen.focus_on(line)
        await screen.apply_filter()
        if not offer.name and language.has_values(screen.session, answer.value.label):
            await look_up_filter(screen)

    title = _("Choose {field}").format(field=offer.name) if offer.name else _("What to filter by")
    columns = ((_("Value"), 20, 1), (_("Details"), 20, 1)) if offer.name else ((_("Field"), 14, 0), ("", 20, 1))
    await screen.svc.show(Picker(Question(title, columns, search, text=offer.begun)), picked)
