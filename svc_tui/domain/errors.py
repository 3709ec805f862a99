"""What a service may raise: errors that carry a sentence for the user and the field it concerns.

The sentence is a message id for gettext with named places, so that the front door (screen or command
line) shows it in the user's language; `str(error)` is the English one.
"""

from __future__ import annotations

from collections.abc import Callable

from svc_tui.domain.quoting import filled


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


CHANGED_MEANWHILE = N_("Somebody else changed the same meanwhile. Nothing was saved; what you typed is kept here.")


class DomainError(Exception):
    """A refusal with a sentence that names the cause and the remedy."""

    at_commit = False
    """Whether it came when all was written and the transaction was to be committed."""

    def __init__(self, message: str, *, field: str | None = None, **values: object) -> None:
        """
        Args:
            message: Message id, with `{name}` places filled from `values`.
            field: Name of the field the refusal concerns, as the record calls it; None for the whole act.
            values: What goes into the places; shown as text.
        """
        super().__init__(message)
        self.message = message
        self.field = field
        self.values = values

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the language of `translate` (a gettext function), with every value whole."""
        values = {
            name: value.sentence(translate) if isinstance(value, DomainError) else value
            for name, value in self.values.items()
        }
        return translate(self.message).format(**values)

    def brief(self, translate: Callable[[str], str] = str) -> str:
        """The same for a line of a screen: what people wrote is quoted briefly."""
        values = {
            name: value.brief(translate) if isinstance(value, DomainError) else value
            for name, value in self.values.items()
        }
        return filled(translate(self.message), **values)

    def __str__(self) -> str:
        return self.sentence()


class Invalid(DomainError):
    """What was entered cannot be taken; `field` says where."""


class Asked(Invalid):
    """A refusal that the user may override: the same act is done when he says so."""


class FilterError(Invalid):
    """A mistake in the filter line, from `start` up to `end`."""

    def __init__(self, message: str, start: int, end: int, **values: object) -> None:
        super().__init__(message, field=None, **values)
        self.start = start
        self.end = end


class TooShort(FilterError):
    """A word of the filter line that nothing can be searched for with; until it is longer no job is shown."""


class NotFound(DomainError):
    """The row asked for does not exist (any more)."""


class NotAllowed(DomainError):
    """The person's role does not carry the right to this act."""


class InUse(DomainError):
    """The row is used elsewhere and can be retired, not deleted."""


class Conflict(DomainError):
    """Somebody else changed the same fields since the form was opened; nothing was written."""

    def __init__(self, message: str, *, fields: tuple[str, ...], **values: object) -> None:
        super().__init__(message, field=fields[0] if fields else None, **values)
        self.fields = fields


class Restored(DomainError):
    """The shop was put back to an earlier state since this was read: its ids may mean other rows now."""

    def __init__(self) -> None:
        super().__init__(N_("Not done: the shop was put back to an earlier state since this was opened."))


class DatabaseTrouble(DomainError):
    """The database cannot be used now: missing, full, locked, damaged, newer than the program, or away."""


class Unclear(DatabaseTrouble):
    """The answer to a commit was lost, and nobody can be asked yet whether it is in."""

    def __init__(self, reason: object) -> None:
        super().__init__(
            N_("The answer of the database was lost: it is not known yet whether it was saved. "
               "Look before you do it again. ({reason})"),
            reason=reason,
        )  # fmt: skip

    def brief(self, translate: Callable[[str], str] = str) -> str:
        """For a screen, which stays and looks by itself."""
        told = N_(
            "The answer of the database was lost: it is not known yet whether it was saved. Your entries are kept, "
            "and it is looked up as soon as the database answers. ({reason})"
        )
        return filled(translate(told), **self.values)


class DoneAlready(DomainError):
    """An act was tried again that is in: only its answer had been lost. It was not done twice."""


class Overtaken(DomainError):
    """A reading that a newer one replaced before it was finished; there is nothing to show."""

    def __init__(self) -> None:
        super().__init__(N_("This was replaced by a newer question."))
