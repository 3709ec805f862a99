"""Saved views: kept with their language, shared, keyed, opened first, and used as a term of the filter line."""

from __future__ import annotations

from datetime import datetime

import pytest

from svc_tui.domain.errors import Conflict, FilterError, Invalid, NotAllowed
from svc_tui.domain.queries import NEWEST_FIRST, Order
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.filters import lists, view_lines, view_reading, views
from svc_tui.services.filters.opening import Opening, opening
from svc_tui.services.filters.views import ViewDraft
from svc_tui.services.people import settings
from svc_tui.services.people.settings import UserSettings
from tests.db.jobs import employee, job

NOW = datetime(2026, 11, 24, 9, 0)


@pytest.fixture
def anna(two_sessions: tuple[Session, Session]) -> Session:
    anna, bent = two_sessions
    anna.clock = bent.clock = [float(to_seconds(NOW))]
    return anna


@pytest.fixture
def bent(anna: Session, two_sessions: tuple[Session, Session]) -> Session:
    return two_sessions[1]


def names(session: Session, code: str | None = None) -> list[str]:
    return [view.name for view in view_reading.visible(session, code)]


def refused(session: Session, draft: ViewDraft) -> Invalid:
    with pytest.raises(Invalid) as caught:
        views.save(session, draft)
    return caught.value


def test_a_view_keeps_filter_order_and_key(anna: Session) -> None:
    saved = views.save(anna, ViewDraft("Mine  åbne ", "ansv:mig fase:åben", "product", Order("promised"), "M"))
    assert (saved.name, saved.text, saved.key) == ("Mine åbne", "ansv:mig fase:åben", "m")
    assert view_reading.order_of(saved) == Order("promised")
    assert view_reading.visible(anna, "product") == [saved]
    assert view_reading.visible(anna, "customer") == []


def test_ones_own_views_come_first_and_only_shared_ones_are_seen_by_others(anna: Session, bent: Session) -> None:
    views.save(anna, ViewDraft("Privat", "tv"))
    views.save(anna, ViewDraft("Alle venter", "status:venter", shared=True))
    views.save(bent, ViewDraft("Zoner", "zone"))
    assert names(anna) == ["Alle venter", "Privat"]
    assert names(bent) == ["Zoner", "Alle venter"]


def test_what_cannot_be_kept_says_why_and_where(anna: Session) -> None:
    views.save(anna, ViewDraft("Min", "tv", "product", key="m"))
    assert refused(anna, ViewDraft(" - ", "tv")).field == "name"
    assert refused(anna, ViewDraft("MIN", "radio")).field == "name"
    assert refused(anna, ViewDraft("Anden", "radio", key="m")).field == "key"
    assert refused(anna, ViewDraft("Anden", "radio", key="mm")).field == "key"
    assert refused(anna, ViewDraft("Anden", "radio", key="*")).field == "key"
    assert "klar" in str(refused(anna, ViewDraft("Anden", "fase:xyz")))
    assert views.save(anna, ViewDraft("Anden", "radio", "customer", key="m")).key == "m"
    assert names(anna) == ["Anden", "Min"]


def test_a_view_is_changed_and_deleted_by_its_owner(anna: Session) -> None:
    view = views.save(anna, ViewDraft("Min", "tv", key="m"))
    changed = views.change(anna, view, ViewDraft("Min egen", "radio", key="m", shared=True))
    assert (changed.name, changed.text, changed.shared) == ("Min egen", "radio", True)
    views.delete(anna, changed)
    assert names(anna) == []


def test_a_shared_view_of_somebody_else_is_changed_by_supervisors_only(anna: Session, bent: Session) -> None:
    shared = views.save(anna, ViewDraft("Fælles", "tv", shared=True))
    own = views.save(anna, ViewDraft("Privat", "tv"))
    assert views.change(bent, shared, ViewDraft("Vores", "tv", shared=True)).owner_id == employee(anna, "AH")
    with pytest.raises(NotAllowed):
        views.change(bent, own, ViewDraft("Stjålet", "tv"))
    assert bent.employee is not None
    bent.employee = bent.employee._replace(role=Role.COUNTER)
    with pytest.raises(NotAllowed) as caught:
        views.delete(bent, shared)
    assert caught.value.values["name"] == "Anna Holm"
    bent.employee = bent.employee._replace(role=Role.READONLY)
    views.save(bent, ViewDraft("Til mig selv", "tv"))
    with pytest.raises(NotAllowed):
        views.save(bent, ViewDraft("Til alle", "tv", shared=True))


def test_what_two_change_of_a_view_is_merged_field_by_field(anna: Session, bent: Session) -> None:
    opened = views.save(anna, ViewDraft("Fælles", "tv", shared=True))
    views.change(bent, opened, ViewDraft("Fælles", "radio", "customer", Order("promised"), shared=True))
    both = views.change(anna, opened, ViewDraft("Vores", "tv", key="v", shared=True))
    assert (both.name, both.text, both.list_code, both.key) == ("Vores", "radio", "customer", "v")
    assert view_reading.order_of(both) == Order("promised")


@pytest.mark.parametrize(
    ("field", "theirs", "mine"),
    [
        ("name", ViewDraft("Deres", "tv", shared=True), ViewDraft("Mit", "tv", shared=True)),
        ("text", ViewDraft("Fælles", "radio", shared=True), ViewDraft("Fælles", "vask", shared=True)),
        ("list", ViewDraft("Fælles", "tv", "customer", shared=True), ViewDraft("Fælles", "tv", "product", shared=True)),
        ("key", ViewDraft("Fælles", "tv", key="d", shared=True), ViewDraft("Fælles", "tv", key="m", shared=True)),
        ("order", ViewDraft("Fælles", "tv", order=Order("promised"), shared=True),
         ViewDraft("Fælles", "tv", order=Order("number"), shared=True)),
    ],
)  # fmt: skip
def test_a_view_that_two_change_alike_is_refused_and_kept_once_it_was_told(
    anna: Session, bent: Session, field: str, theirs: ViewDraft, mine: ViewDraft
) -> None:
    opened = views.save(anna, ViewDraft("Fælles", "tv", shared=True))
    stored = views.change(bent, opened, theirs)
    with pytest.raises(Conflict) as caught:
        views.change(anna, opened, mine)
    assert caught.value.fields == (field,)
    assert view_reading.by_id(anna, opened.id) == stored
    told = views.seen(anna, opened, caught.value.fields)
    after = views.change(anna, told, mine)
    assert (after.name, after.text, after.list_code, view_reading.order_of(after), after.key) == mine[:5]


def test_a_view_that_was_changed_since_it_was_seen_is_not_deleted(anna: Session, bent: Session) -> None:
    opened = views.save(anna, ViewDraft("Fælles", "tv", shared=True))
    stored = views.change(bent, opened, ViewDraft("Fælles", "radio", shared=True))
    with pytest.raises(Conflict):
        views.delete(anna, opened)
    assert names(anna) == ["Fælles"]
    views.delete(anna, stored)
    assert names(anna) == []


def test_a_view_of_another_language_comes_in_words_that_everybody_understands(anna: Session, bent: Session) -> None:
    written = 'kunde:"åse" lovet:i.morgen start:<tors fase:åben opretter:mig -status:ingen "i dag" rettet:>=maj'
    view = views.save(anna, ViewDraft("Dansk", written, shared=True))
    bent.language = "sv"
    line = view_lines.line_of(bent, view)
    assert line == (
        "customer:åse promised:tomorrow start:<Thursday stage:ready,waiting,working creator:me -status:none"
        ' changed:>=May "i dag"'
    )
    anna.employee = bent.employee
    ours, theirs = lists.resolve(anna, None, written), lists.resolve(bent, None, line)
    assert theirs._replace(days=()) == ours._replace(days=())  # each in the words of its reader
    same = views.change(bent, view, ViewDraft("Dansk", line, shared=True))
    assert (same.text, same.language) == (written, "da")


def test_a_list_opens_with_ones_own_view_of_it_or_else_the_filter_of_the_settings(anna: Session) -> None:
    view = views.save(anna, ViewDraft("Mine", "ansv:mig", "product", Order("number", descending=True)))
    chosen = UserSettings(opening_filter="start:-30..").opening_with("product", view.id)
    settings.save(anna, chosen)
    stored = settings.load(anna)
    assert stored == chosen
    begins = opening(anna, stored, "product")
    assert (begins.text, begins.order, begins.view) == ("ansv:mig", Order("number", descending=True), view)
    assert opening(anna, stored, "customer") == Opening("start:-30..", NEWEST_FIRST)
    views.delete(anna, view)
    assert opening(anna, stored, "product").text == "start:-30.."
    assert stored.opening_with("product", None).opening_views == ()


def test_a_view_that_no_longer_resolves_says_why(anna: Session) -> None:
    view = views.save(anna, ViewDraft("Venter", "status:venter"))
    assert views.trouble(anna, view) is None
    assert "xyz" in str(views.trouble(anna, view._replace(text="status:xyz")))


def test_where_there_is_no_view_at_all_that_is_said(anna: Session) -> None:
    with pytest.raises(FilterError, match="there are none yet"):
        lists.resolve(anna, "product", "visning:mine")


def test_a_view_is_a_term_of_the_filter_line(anna: Session) -> None:
    for subject, responsible in (("Min radio", "AH"), ("Mit tv", "AH"), ("Bents tv", "BK")):
        job(anna, subject, responsible=employee(anna, responsible))
    views.save(anna, ViewDraft("Mine sager", "ansv:mig"))
    views.save(anna, ViewDraft("Mine tv", 'view:"mine sager" tv'))

    def found(text: str) -> set[str]:
        return {row.subject for row in lists.page(anna, lists.resolve(anna, None, text), 9)}

    assert found('visning:"mine sager"') == {"Min radio", "Mit tv"}
    assert found('view:"mine sager" radio') == {"Min radio"}
    assert found("view:mine-tv") == {"Mit tv"}
    for line in ("view:findesikke", "-view:mine-tv", "view:mine-tv,andre"):
        with pytest.raises(FilterError) as caught:
            lists.resolve(anna, None, f"tv {line}")
        assert caught.value.start == 3


def test_views_that_name_each_other_are_refused_and_do_not_hang(anna: Session) -> None:
    first = views.save(anna, ViewDraft("Første", "tv"))
    views.save(anna, ViewDraft("Anden", "view:første"))
    views.change(anna, first, ViewDraft("Første", "view:anden tv"))
    with pytest.raises(FilterError):
        lists.resolve(anna, None, "view:første")
