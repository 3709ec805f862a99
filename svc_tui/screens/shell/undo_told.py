"""What became of an undo, told; for screens and command line."""

from __future__ import annotations

from collections.abc import Callable

from svc_tui.domain.labels import act_label
from svc_tui.domain.quoting import brief
from svc_tui.domain.registers import Registers
from svc_tui.i18n import _, n_
from svc_tui.screens.shell import setting_words
from svc_tui.services.history.undo import Undone


def outcome(
    undone: Undone, count: Callable[[int], str], registers: Registers, quoted: Callable[[str], str] = brief
) -> str:
    """What was taken back or done again, by its act and its job; of settings what they are now.

    Args:
        undone: What `services.undo` gave.
        count: How a count is written.
        registers: The shop's, for names in settings.
        quoted: How much of a subject is quoted.
    """
    if undone.settings:
        text = _("Done again: {act}.") if undone.redone else _("Undone: {act}.")
        return text.format(act=setting_words.told_together(undone.settings, registers, count))
    act = act_label(undone.act, undone.act, _, registered=undone.registered)
    job = f"{undone.number or ''} {quoted(undone.subject)}".strip()
    if undone.jobs != 1 and not undone.of_jobs:
        text = _("Done again: {act}, {count} rows.") if undone.redone else _("Undone: {act}, {count} rows.")
    elif undone.jobs != 1:
        text = _("Done again: {act}, {count} jobs.") if undone.redone else _("Undone: {act}, {count} jobs.")
    elif job:
        text = _("Done again: {act}, {job}.") if undone.redone else _("Undone: {act}, {job}.")
    else:
        text = _("Done again: {act}.") if undone.redone else _("Undone: {act}.")
    return text.format(act=act, count=count(undone.jobs), job=job)


def told(undone: Undone, count: Callable[[int], str], registers: Registers) -> str:
    """The same with what stays as it is, and why."""
    text = outcome(undone, count, registers)
    for refusal in undone.refused[:1]:
        kept = len(undone.refused)
        more = (
            n_("{count} job was not: {number}, {why}", "{count} jobs were not, the first is {number}: {why}", kept)
            if undone.of_jobs
            else n_("{count} row was not: {number}, {why}", "{count} rows were not, the first is {number}: {why}", kept)
        )
        text += " " + more.format(count=count(len(undone.refused)), number=refusal.number, why=refusal.brief(_))
    return " ".join((text, *(kept.brief(_) for kept in undone.kept)))
