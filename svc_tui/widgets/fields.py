"""The kinds of field of a form. A field holds what is typed and what it means; drawing is the form's.

What was typed is never thrown away: what cannot be understood stays in the field with a reason beside it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from copy import copy
from typing import Any, Generic, NamedTuple, TypeVar

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.registers import CLEARS, Choice, matching, means_none
from svc_tui.widgets.editor import LineEditor

T = TypeVar("T")


class Field:
    """One line of text with a label. Subclasses say what the text means."""

    replaces = False
    """Whether the first letter typed after entering replaces what stands there."""
    offers = False
    """Whether there is a list of values behind it."""
    translate: Callable[[str], str] = staticmethod(str)
    """Set by the application to gettext; widgets know no language."""

    def __init__(self, name: str, label: str, *, limit: int = 300, help: str = "") -> None:
        self.name = name
        self.label = label
        self.help = help
        self.editor = LineEditor(limit=limit)
        self.error: Invalid | None = None
        """Why what stands here cannot be taken; None when it can."""
        self.touched = False
        """Whether the user typed here since the form was filled: defaults leave such a field alone."""
        self.aside = ""
        """What is shown behind the value while the field is not being edited."""
        self.theirs = ""
        """What others made of it, where a save was refused for that: it is marked, and saving again replaces it."""
        self._committed = ""

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.editor.value

    @property
    def limit(self) -> int:
        """The most characters it holds."""
        return self.editor.limit

    @property
    def pending(self) -> bool:
        """Whether something was typed that has not been understood yet."""
        return self.editor.value != self._committed

    def show(self, text: str) -> None:
        """Put a text into the field as its understood content."""
        self.editor.put(text)
        self._committed = text
        self.error, self.theirs = None, ""

    def enter(self) -> None:
        """The focus comes."""
        self.editor.put(self.editor.value, whole=self.replaces)

    def hint(self) -> str:
        """What Tab or Enter would take for what has been typed; empty for nothing."""
        return ""

    @property
    def makes(self) -> str:
        """What leaving the field would make of what was typed, where that has to be read whole; else empty."""
        return ""

    async def typed(self, *, more_follows: bool) -> None:
        """The text changed. `more_follows`: more keys wait, so a lookup may be left out."""
        self.touched = True
        self.error = None

    async def commit(self) -> None:
        """Understand what was typed; called when the focus leaves and before a save."""
        self._committed = self.editor.value
        self.error = None

    def understood(self, text: str) -> None:
        """The content in its proper form, after it was understood."""
        self.editor.put(text)
        self._committed = text
        self.error = None

    def remembered(self) -> dict[str, Any]:
        """Everything that stands here, for `recall`."""
        return {**vars(self), "editor": copy(self.editor)}

    def recall(self, state: dict[str, Any]) -> None:
        """Be again as `remembered` told."""
        vars(self).update(state, editor=copy(state["editor"]))

    def refuse(self, error: Invalid) -> None:
        """Keep what was typed, and say why it cannot be taken."""
        self._committed = self.editor.value
        self.error = error


class TextField(Field):
    """Free text: the value is what stands there."""

    @property
    def value(self) -> str:
        return self.editor.value.strip()

    @value.setter
    def value(self, text: str) -> None:
        self.show(text)


class LiveField(TextField):
    """Free text that is followed while it is typed."""

    def __init__(self, name: str, label: str, follow: Callable[[str], Awaitable[None]]) -> None:
        """
        Args:
            name, label: As for every field.
            follow: Called with the text after a key that no other key follows at once.
        """
        super().__init__(name, label)
        self._follow = follow

    async def typed(self, *, more_follows: bool) -> None:
        await super().typed(more_follows=more_follows)
        if not more_follows:
            await self._follow(self.text)


class ParsedField(Field, Generic[T]):
    """Text with a meaning: a date, a time, an amount, a number."""

    replaces = True

    def __init__(
        self,
        name: str,
        label: str,
        read: Callable[[str], T],
        write: Callable[[T], str],
        *,
        help: str = "",
        clears: bool = True,
    ) -> None:
        """
        Args:
            name, label, help: As for every field.
            read: From what was typed to its meaning; raises Invalid with a sentence.
            write: From the meaning to its proper form.
            clears: Whether `-` empties it.
        """
        super().__init__(name, label, limit=60, help=help)
        self._read = read
        self._write = write
        self._clears = clears
        self._value: T | None = None

    @property
    def value(self) -> T | None:
        return self._value

    @value.setter
    def value(self, value: T | None) -> None:
        self._value = value
        self.show("" if value is None else self._write(value))

    async def commit(self) -> None:
        if not self.pending:
            return
        if not self.text.strip() or (self._clears and self.text.strip() == CLEARS):
            self.value = None
            return
        try:
            self.value = self._read(self.text)
        except Invalid as error:
            self.refuse(error)


class ChoiceField(Field, Generic[T]):
    """One of a few values: typing filters, Tab or Enter takes the first that matches."""

    replaces = True
    offers = True

    def __init__(
        self, name: str, label: str, choices: Callable[[], Sequence[Choice[T]]], *, help: str = "", none: str = ""
    ) -> None:
        """
        Args:
            name, label, help: As for every field.
            choices: The values.
            none: What it is called to have no value, which `-` and this word ask for; empty where they ask for nothing.
        """
        super().__init__(name, label, limit=60, help=help)
        self.choices = choices
        self.none = none
        self.register = ""
        """The field of a job whose register stands behind it: a value can be added to it."""
        self._value: T | None = None

    @property
    def value(self) -> T | None:
        return self._value

    @value.setter
    def value(self, value: T | None) -> None:
        self._value = value
        self.show(self._label(value))

    def _label(self, value: T | None) -> str:
        return next((choice.label for choice in self.choices() if choice.id == value), "")

    def put(self, value: T | None, label: str) -> None:
        """A value that may be retired, and so is not among the choices."""
        self._value = value
        self.show(label)

    def hint(self) -> str:
        if not self.pending or not self.text.strip():
            return ""
        found = self._matching()
        return found[0].label if found else self.none if self._is_cleared else ""

    def _matching(self) -> Sequence[Choice[T]]:
        """The values that what was typed may mean; what holds no letter and no digit means none of them."""
        found = matching(self.text, self.choices()) if any(map(str.isalnum, self.text)) else []
        if self._is_cleared and not any(choice.label.casefold() == self.text.strip().casefold() for choice in found):
            return []
        return found

    @property
    def _is_cleared(self) -> bool:
        return bool(self.none) and means_none(self.text)

    async def commit(self) -> None:
        if not self.pending:
            return
        found = self._matching() if self.text.strip() else []
        if found:
            self._value = found[0].id
            self.understood(found[0].label)
        elif not self.text.strip() or self._is_cleared:
            self._value = None
            self.understood("")
        else:
            self._value = None
            self.refuse(
                Invalid(
                    N_("“{text}” is none of the values of this field. Press F4 for the list."),
                    field=self.name,
                    text=self.text,
                )
            )


class EnumField(ChoiceField[T]):
    """One of the values that the program knows, each with its name; there is always one."""

    def __init__(self, name: str, label: str, names: Mapping[T, str], value: T, *, help: str = "") -> None:
        """
        Args:
            name, label, help: As for every field.
            names: The values with their names as message ids. The first is meant where nothing stands; one without a
                name is not offered.
            value: What stands there at first.
        """
        self._names = names
        super().__init__(name, label, self._named, help=help)
        self.value = value

    def _named(self) -> list[Choice[T]]:
        return [Choice(value, self.translate(name)) for value, name in self._names.items() if name]

    @property
    def chosen(self) -> T:
        """The value, also where nothing stands."""
        return self.value if self.value in self._names else next(iter(self._names))  # type: ignore[return-value]


class YesNoField(EnumField[bool]):
    """Yes or no; nothing is no."""

    def __init__(self, name: str, label: str, value: bool = False, *, help: str = "") -> None:
        super().__init__(name, label, {False: N_("no"), True: N_("yes")}, value, help=help)


class Found(NamedTuple, Generic[T]):
    """One answer of a lookup.

    Attributes:
        value: What it stands for.
        label: How the field shows it.
        detail: What else tells it apart.
        told: What is said of it while it is typed, instead of label and detail.
        suggested: It is only shown: leaving the field does not take it.
    """

    value: T
    label: str
    detail: str = ""
    told: str = ""
    suggested: bool = False


class Answer(NamedTuple):
    """What a lookup found for a text, and how many there are, as far as was looked."""

    found: Sequence[Found[Any]]
    text: str


class LookupField(Field, Generic[T]):
    """A value of a large register, looked up while typing."""

    replaces = True
    offers = True

    def __init__(
        self,
        name: str,
        label: str,
        search: Callable[[str], Awaitable[Sequence[Found[T]]]],
        *,
        unknown: Callable[[str], T | None] | None = None,
        help: str = "",
    ) -> None:
        """
        Args:
            name, label, help: As for every field.
            search: The answers for a text, the best first.
            unknown: What a text stands for that nothing matches; None to refuse it.
        """
        super().__init__(name, label, limit=300, help=help)
        self._search = search
        self._unknown = unknown
        self._value: T | None = None
        self._answer: Answer | None = None

    @property
    def value(self) -> T | None:
        return self._value

    def put(self, value: T | None, label: str) -> None:
        """A value and how the field shows it."""
        self._value = value
        self._answer = None
        self.show(label if value is not None else "")

    def hint(self) -> str:
        if not self.pending or self._answer is None or not self._answer.found:
            return ""
        first, more = self._answer.found[0], len(self._answer.found) - 1
        if first.told:
            return first.told
        detail = f" · {first.detail}" if first.detail else ""
        return f"{first.label}{detail}" + (f"  (+{more})" if more else "")

    @property
    def makes(self) -> str:
        is_known = self.pending and self._answer is not None and self._answer.found
        return self._answer.found[0].told if is_known and self._answer else ""

    async def typed(self, *, more_follows: bool) -> None:
        await super().typed(more_follows=more_follows)
        self._answer = None
        if not more_follows and self.text.strip():
            self._answer = Answer(await self._search(self.text), self.text)

    async def commit(self) -> None:
        if not self.pending:
            return
        text = self.text.strip()
        if text in ("", CLEARS):
            self.put(None, "")
            return
        if self._answer is None or self._answer.text != self.text:
            self._answer = Answer(await self._search(text), self.text)
        if self._answer.found and not self._answer.found[0].suggested:
            first = self._answer.found[0]
            self.put(first.value, first.label)
            return
        unknown = self._unknown(text) if self._unknown else None
        if unknown is not None:
            self._value = unknown
            self.understood(text)
            return
        self._value = None
        self.refuse(
            Invalid(N_("Nothing matches “{text}”. Press F4 to search or to create it."), field=self.name, text=text)
        )
