"""A user's own settings: one form, reached from lists and from the sheet."""

from __future__ import annotations

from textual.app import ComposeResult

from svc_tui.domain.errors import Conflict
from svc_tui.domain.labels import TAB_LABELS
from svc_tui.domain.registers import Choice, Registers
from svc_tui.i18n import _
from svc_tui.screens.shell import conflicts
from svc_tui.screens.shell.dialog import FormScreen
from svc_tui.screens.shell.own_language import Followed, follow_language
from svc_tui.services.filters import lists
from svc_tui.services.people import settings as user_settings
from svc_tui.services.people.settings import TABS, UserSettings
from svc_tui.widgets.fields import ChoiceField, Field, TextField
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.keys import Key
from svc_tui.widgets.lines import Space

LANGUAGES = (("", ""), ("da", "Dansk"), ("en", "English"))
PROFILES = ("", "rich", "plain", "mono")


class SettingsScreen(FormScreen):
    """Asks for every setting; F2 keeps them."""

    def __init__(self, settings: UserSettings, registers: Registers) -> None:
        super().__init__()
        self.before = settings
        types = [Choice(entry.id, entry.name) for entry in registers.types_of(None)]
        statuses = [Choice(entry.id, entry.name) for entry in registers.statuses_of(None)]
        people = [Choice(entry.id, entry.name, entry.initials) for entry in registers.employees if not entry.retired]
        priorities = [Choice(entry.id, entry.name) for entry in registers.priorities if not entry.retired]
        self.defaults = {
            "default_type": _choice("default_type", _("Type of new jobs"), types, settings.default_type),
            "default_status": _choice("default_status", _("Status"), statuses, settings.default_status),
            "default_responsible": _choice(
                "default_responsible", _("Responsible"), people, settings.default_responsible
            ),
            "default_priority": _choice("default_priority", _("Priority"), priorities, settings.default_priority),
        }
        self.opening = TextField("opening_filter", _("Lists open with"), help=_("A filter, such as start:-30..+30"))
        self.opening.value = settings.opening_filter
        self.switches = {
            "note_stamp": _yes_no("note_stamp", _("Stamp on notes"), settings.note_stamp),
            "mouse": _yes_no("mouse", _("Mouse"), settings.mouse),
        }
        self.tabs = {
            name: _yes_no(f"tab_{name}", f"{_('Tab')} {_(TAB_LABELS[name])}", name in settings.tabs) for name in TABS
        }
        languages = [
            Choice(1, _("as the terminal")),
            *[Choice(n, name) for n, (_c, name) in enumerate(LANGUAGES[1:], 2)],
        ]
        profiles = [Choice(1, _("as the terminal")), *[Choice(n, name) for n, name in enumerate(PROFILES[1:], 2)]]
        codes = [code for code, _name in LANGUAGES]
        self.language = _choice("language", _("Language"), languages, codes.index(settings.language) + 1)
        self.profile = _choice("profile", _("Terminal"), profiles, PROFILES.index(settings.profile) + 1)
        left: list[Field] = [*self.defaults.values(), self.language, self.profile, *self.switches.values()]
        slots = [Slot(self.opening, 0)]
        slots += [Slot(field, row, 0) for row, field in enumerate(left, 1)]
        slots += [Slot(field, row, 1) for row, field in enumerate(self.tabs.values(), 1)]
        self.form = Form(slots, label_width=18, right_label_width=18, id="settings")

    def compose_body(self) -> ComposeResult:
        yield self.form
        yield Space()

    async def opened(self) -> None:
        who = self.session.employee
        self.title_line.tell(_("Settings"), who.name if who else "")
        self.bottom.stand(_("F2 saves, Esc gives up"))
        self.begin(self.opening)

    def settings(self) -> UserSettings:
        """What the form says."""
        tabs = tuple(name for name in TABS if self.tabs[name].value == 2)
        return self.before._replace(
            opening_filter=self.opening.value,
            tabs=tabs or self.before.tabs,
            language=LANGUAGES[(self.language.value or 1) - 1][0],
            profile=PROFILES[(self.profile.value or 1) - 1],
            note_stamp=self.switches["note_stamp"].value == 2,
            mouse=self.switches["mouse"].value == 2,
            default_type=self.defaults["default_type"].value,
            default_status=self.defaults["default_status"].value,
            default_responsible=self.defaults["default_responsible"].value,
            default_priority=self.defaults["default_priority"].value,
        )

    async def do_form_save(self, key: Key | None) -> None:
        """Keep the settings."""
        refused = await self.form.commit_all()
        if refused is not None:
            self.focus_on(self.form, refused)
            return
        await self.ask_service(lists.resolve, None, self.opening.value)
        changed = self.settings()
        try:
            kept = await self.ask_service(user_settings.save, changed, self.before)
        except Conflict as conflict:
            await self._tell_conflict(conflict)
            return
        changed = self.svc.settings = kept.settings
        restart = changed.profile != self.before.profile or changed.mouse != self.before.mouse
        await self.svc.back()
        if await follow_language(self.svc, self.before, changed) is Followed.LATER:
            self.svc.say(_("Kept. The language changes at the next start, for there are changes not saved yet."))
            return
        self.svc.say(_("Kept. Terminal and mouse change at the next start.") if restart else _("Kept."))

    async def _tell_conflict(self, conflict: Conflict) -> None:
        """What another terminal of the same person made of it; it has been told, so that F2 again may replace it."""
        self.before = await self.ask_service(user_settings.seen, self.before, conflict.fields)
        now = await self.ask_service(user_settings.load)
        self.complain(conflicts.told(conflict, SettingsScreen(now, self.session.registers).form))


def _choice(name: str, label: str, choices: list[Choice], value: int | None) -> ChoiceField:
    field = ChoiceField(name, label, lambda: choices)
    field.value = value
    return field


def _yes_no(name: str, label: str, value: bool) -> ChoiceField:
    return _choice(name, label, [Choice(1, _("no")), Choice(2, _("yes"))], 2 if value else 1)
