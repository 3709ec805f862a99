"""Draws the README's pictures from the program itself: `make pictures`."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path

from svc_tui import i18n
from svc_tui.terminal import terminal

FOLDER = Path(__file__).parent / "pictures"
SIZE = (100, 28)
TODAY = datetime(2026, 11, 23, 10, 12)


def write(name: str, svg: str) -> None:
    """Keep a picture, without the fonts that it would fetch from elsewhere."""
    local = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code, ", "")
    lines = (line.rstrip() for line in local.splitlines() if line.strip())
    (FOLDER / f"{name}.svg").write_text("\n".join(lines) + "\n", "utf-8")


async def draw(folder: Path) -> None:
    """The list, the sheet and the dashboard of an English demo shop."""
    from textual import events

    from svc_tui.app import SvcApp
    from svc_tui.db.core.engine import open_database
    from svc_tui.db.upkeep.migrate import migrate
    from svc_tui.services.core.session import open_session
    from svc_tui.services.demo.demo import create_demo
    from svc_tui.services.people import settings
    from svc_tui.widgets import look

    look.choose("rich")
    store = open_database(str(folder / "shop.db"), create=True)
    migrate(store)
    create_demo(store, activities=400, seed=4, language="en", now=TODAY)
    session = open_session(store, None, "en")
    session.employee = session.registers.employees[0]
    session.clock.append(TODAY.timestamp())
    app = SvcApp(store, session, settings.load(session))
    async with app.run_test(size=SIZE) as pilot:

        async def press(*keys: str) -> None:
            for key in keys:
                app.post_message(events.Key(key, "/" if key == "slash" else key if len(key) == 1 else None))
                await pilot.pause()
                await app.keys_done()
            await pilot.pause(0.2)

        await press("down", "down")
        write("list", app.export_screenshot(title="svc-tui"))
        busiest = store.sql(
            "SELECT a.number FROM activity a JOIN activity_line l ON l.activity_id = a.id WHERE a.stage < 4"
            " GROUP BY a.id ORDER BY count(*) DESC, a.id DESC LIMIT 1"
        )[0][0]
        await press("slash", *f"nr:{busiest}", "enter", "enter", "tab", "tab", "f8", "f8")
        write("sheet", app.export_screenshot(title="svc-tui"))
        await press("escape", "4", "down")
        await pilot.pause(1.0)  # the work is set against hours beside the keys
        write("dashboard", app.export_screenshot(title="svc-tui"))
    store.close()


def main() -> None:
    """Make all pictures."""
    i18n.install("en")
    FOLDER.mkdir(exist_ok=True)
    terminal.prepare(terminal.Profile.RICH, terminal.Charset.UTF8, os.environ.copy())
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder)))


if __name__ == "__main__":
    main()
