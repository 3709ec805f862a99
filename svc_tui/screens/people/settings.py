"""A user's own settings: one form, reached from lists and from the sheet."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.errors import Conflict
from svc_tui.domain.first_screens import FIRST_SCREENS, as_setting
from svc_tui.domain.labels import FIRST_SCREEN_LABELS, TAB_LABELS
from svc_tui.domain.languages import language_of
from svc_tui.domain.registers import Choice, Registers
from svc_tui.i18n import N_, _, translated
from svc_tui.screens.shell.form_screen import FormScreen
from svc_tui.screens.shell.own_language import Followed, follow_language
from svc_tui.services.filters import lists
from svc_tui.services.people import settings as user_settings
from svc_tui.services.people.settings import TABS, UserSettings
from svc_tui.widgets.fields import ChoiceField, EnumField, Field, TextField, YesNoField
from svc_tui.widgets.form import Form, Slot

LANGUAGES = {"": N_("as the terminal")} | {code: language_of(code).own_name for code in translated()}
PROFILES = {"": N_("as the terminal"), "rich": "rich", "plain": "plain", "mono": "mono"}


class SettingsScreen(FormScreen):
    """Asks for every setting; F2 keeps them."""

    places = frozenset((Where.FORM, Where.SETTINGS))

    def __init__(self, settings: UserSettings, registers: Registers) -> None:
        super().__init__()
        self.before = settings
        self.defaults = {
            name: ChoiceField(f"default_{name}", label, partial(registers.choices, name))
            for name, label in (
                ("type", _("Type of new jobs")), ("status", _("Status")), ("responsible", _("Responsible")),
                ("priority", _("Priority")),
            )
        }  # fmt: skip
        for name, field in self.defaults.items():
            field.value = settings.defaults[name]
        self.opening = TextField("opening_filter", _("Lists open with"), help=_("A filter, such as start:-30..+30"))
        self.opening.value = settings.opening_filter
        self.switches = {
            "note_stamp": YesNoField("note_stamp", _("Stamp on notes"), settings.note_stamp),
            "mouse": YesNoField("mouse", _("Mouse"), settings.mouse),
        }
        self.tabs = {
            name: YesNoField(f"tab_{name}", _("Tab {tab}").format(tab=_(TAB_LABELS[name])), name in settings.tabs)
            for name in TABS
        }
        self.start = ChoiceField("start_list", _("Begins with"), partial(_beginnings, registers), none=_("the first"))
        self.start.value = settings.start_list or None
        self.printer = ChoiceField(
            "receipt_printer", _("Receipts on"), partial(registers.choices, "printer"), none=_("as the shop has it")
        )
        self.printer.value = settings.receipt_printer
        self.own_path = {
            name: YesNoField(name, _("Quick: {name}").format(name=label), getattr(settings, name))
            for name, label in (
                ("path_end", _("End")), ("path_promised", _("Promised")), ("path_priority", _("Priority")),
                ("path_project", _("Project")),
            )
        }  # fmt: skip
        self.language = EnumField("language", _("Language"), LANGUAGES, settings.language)
        self.profile = EnumField("profile", _("Terminal"), PROFILES, settings.profile)
        left: list[Field] = [
            *self.defaults.values(),
            self.language,
            self.profile,
            *self.switches.values(),
            self.start,
            self.printer,
        ]
        slots = [Slot(self.opening, 0)]
        slots += [Slot(field, row, 0) for row, field in enumerate(left, 1)]
        slots += [Slot(field, row, 1) for row, field in enumerate([*self.tabs.values(), *self.own_path.values()], 1)]
        self.form = Form(slots, label_width=18, right_label_width=18, id="settings")

    def compose_body(self) -> ComposeResult:
        yield self.form.filling()

    async def opened(self) -> None:
        who = self.session.employee
        self.title_line.tell(_("Settings"), who.name if who else "")
        self.bottom.stand(_("F2 saves, Esc gives up"), _("F9: your own keys"))
        self.begin(self.opening)

    def settings(self) -> UserSettings:
        """What the form says."""
        tabs = tuple(name for name in TABS if self.tabs[name].chosen)
        return self.before._replace(
            opening_filter=self.opening.value,
            tabs=tabs or self.before.tabs,
            start_list=self.start.value or "",
            receipt_printer=self.printer.value,
            path_end=self.own_path["path_end"].chosen,
            path_promised=self.own_path["path_promised"].chosen,
            path_priority=self.own_path["path_priority"].chosen,
            path_project=self.own_path["path_project"].chosen,
            language=self.language.chosen,
            profile=self.profile.chosen,
            note_stamp=self.switches["note_stamp"].chosen,
            mouse=self.switches["mouse"].chosen,
            default_type=self.defaults["type"].value,
            default_status=self.defaults["status"].value,
            default_responsible=self.defaults["responsible"].value,
            default_priority=self.defaults["priority"].value,
        )

    async def keep(self) -> None:
        await self.ask_service(lists.resolve, None, self.opening.value)
        changed = self.settings()
        kept = await self.ask_service(user_settings.save, changed, self.before)
        changed = self.svc.settings = kept.settings
        restart = changed.profile != self.before.profile or changed.mouse != self.before.mouse
        await self.svc.back()
        if await follow_language(self.svc, self.before, changed) is Followed.LATER:
            self.svc.say(_("Kept. The language changes at the next start, for there are changes not saved yet."))
            return
        self.svc.say(_("Kept. Terminal and mouse change at the next start.") if restart else _("Kept."))

    async def now_stored(self, conflict: Conflict) -> Form | None:
        """What another terminal of the same person made of it."""
        self.before = await self.ask_service(user_settings.seen, self.before, conflict.fields)
        now = await self.ask_service(user_settings.load)
        return SettingsScreen(now, self.session.registers).form


def _beginnings(registers: Registers) -> list[Choice[str]]:
    """The lists by their codes, all jobs, and the screens that one can begin with."""
    return [
        *(Choice(entry.code, entry.name) for entry in registers.lists_in_use),
        Choice(lists.ALL, _("All jobs")),
        *(Choice(as_setting(name), _(FIRST_SCREEN_LABELS[name])) for name in FIRST_SCREENS),
    ]
