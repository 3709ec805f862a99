"""`svc-tui company`: what holds for the whole shop, shown and set."""

from __future__ import annotations

import argparse

from svc_tui.domain.text import shown
from svc_tui.i18n import _
from svc_tui.services.core.session import Session
from svc_tui.services.people import typed_company
from svc_tui.services.people.company import change_company
from svc_tui.services.planning import opening


def show_or_change(session: Session, options: argparse.Namespace) -> None:
    """Print every field in the form in which it is set, or set those that are given.

    Raises:
        Invalid: when there is no such field, or it cannot be this; nothing is changed then.
        NotAllowed: when the role does not carry the right.
    """
    if options.fields:
        _change(session, options.fields)
        return
    for name, value in typed_company.told(session.registers.company, session.language):
        print(shown(f"{name}={' / '.join(value.splitlines())}"))
    print(shown("=".join(_hours(session))))


def _hours(session: Session) -> tuple[str, str]:
    return typed_company.told_hours(opening.week_of(session) or (), session.language)


def _change(session: Session, words: dict[str, str]) -> None:
    """And print what they are now."""
    before, hours = session.registers.company, _hours(session)
    rest, week = typed_company.without_week(words, session.language)
    change_company(session, typed_company.read(rest, session.language), week)
    company = session.registers.company
    was = dict(typed_company.told(before, session.language))
    for name, value in typed_company.told(company, session.language):
        if value != was[name]:
            print(shown(f"{name}={value}"))
    if _hours(session) != hours:
        print(shown("=".join(_hours(session))))
    elif company == before:
        print(_("It is so already."))
    if company.time_zone != before.time_zone:
        print(_("What is stored are moments: their times are now shown as a clock in {zone} shows them.").format(
            zone=company.time_zone
        ))  # fmt: skip
