"""Opening the shop for a command, and finding out who is asking."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager

from svc_tui import wait_words
from svc_tui.commandline.progress import bar
from svc_tui.commandline.stopping import stop_between_acts
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.people.registers import has_company
from svc_tui.db.upkeep.schema import check_schema, no_shop
from svc_tui.domain.errors import N_, Invalid, NotAllowed
from svc_tui.domain.filters.filter_words import ALL_WORDS
from svc_tui.domain.records import EmployeeRecord
from svc_tui.domain.registers import Registers
from svc_tui.domain.rights import Role
from svc_tui.i18n import _, choose_language, install, language
from svc_tui.services.core.session import Session, employee_by_initials, employee_by_login, open_session
from svc_tui.services.people import settings

_PATIENCE = 30.0
"""Seconds for which it is looked up whether an act is in whose answer was lost: nobody is kept from typing here."""


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """The database, whatever its schema; closed at the end.

    Raises:
        DatabaseTrouble: when it is missing or refuses.
    """
    store = open_database(url)
    store.unclear.patience = _PATIENCE
    wait_words.tell(store)
    stop_between_acts(store)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def session(url: str, initials: str | None, wanted_language: str | None) -> Iterator[Session]:
    """A session of whoever asks; from here on the texts are in the language of that person's settings, or the shop's.

    Raises:
        DatabaseTrouble: when there is no shop of this program's schema.
        Invalid, NotAllowed: when it cannot be told who asks.
    """
    with opened(url) as store:
        check_schema(store)
        if not has_company(store):
            raise no_shop(store)
        found = open_session(store, None, language())
        registers = found.registers
        found.employee = who(registers, initials, getpass.getuser())
        own, of_shop = settings.load(found).language, registers.company.language
        install(choose_language(os.environ, own, wanted_language, of_shop))
        found.language = language()
        yield found
        if store.has_other_rules:
            from svc_tui.services.planning import reckoning  # no other command needs it

            with bar(_("Deadlines by the new hours")) as progress:
                reckoning.finish(store, progress)


def who(registers: Registers, initials: str | None, login: str) -> EmployeeRecord:
    """The employee a command acts as: the one named, else the one whose system user this is.

    In a shop that has not tied any system user to an employee yet (a demo shop, a shop of one) it is the
    administrator, as long as there is only one. Where system users are tied, a stranger is refused.
    A shop that lets people in through an SSH forced command writes `--as INITIALS` into it.

    Raises:
        Invalid: when nobody has these initials.
        NotAllowed: when it cannot be told who asks, or that employee no longer works here.
    """
    if initials:
        named = employee_by_initials(registers, initials)
        if named.retired:
            raise NotAllowed(N_("{initials} no longer works here. Name somebody who does."), initials=named.initials)
        return named
    known = employee_by_login(registers, login)
    if known is not None:
        return known
    working = [entry for entry in registers.employees if not entry.retired]
    administrators = [entry for entry in working if entry.role == Role.ADMINISTRATOR]
    if len(administrators) == 1 and not any(entry.login for entry in registers.employees):
        return administrators[0]
    raise NotAllowed(
        N_("The system user {login} is no employee here. Say who you are: --as followed by your initials."),
        login=login,
    )


def list_code(session: Session, name: str) -> str | None:
    """The code of a list; None for `all`, in any of the languages.

    Raises:
        Invalid: when there is no such list.
    """
    if name.casefold() in ALL_WORDS:
        return None
    for entry in session.registers.lists:
        if name.casefold() in (entry.code.casefold(), entry.name.casefold()):
            return entry.code
    codes = ", ".join(entry.code for entry in session.registers.lists)
    raise Invalid(N_("There is no list {name} here. Use one of: {codes}, all."), name=name, codes=codes)
