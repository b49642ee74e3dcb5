"""What a role may not open is absent from its rail, and no key leads there (design 3)."""

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.domain.roles import may
from app.domain.words import Role
from tests.panels.seat import CLAIRE, seat_of
from ui.places import HOME, OPENED_BY, SETTINGS, may_open, places
from ui.viewmodels.call_page import CallPage

EVERY = {*OPENED_BY}
AT_THE_DESK = (Role.RECEPTIONIST, Role.SECRETARY, Role.NURSE, Role.SUPERVISOR)


@pytest.mark.parametrize("place", sorted(EVERY))
@pytest.mark.parametrize("role", Role)
def test_a_rail_has_the_places_that_the_table_opens_to_its_role(role: Role, place: str) -> None:
    action = OPENED_BY[place]
    is_open = action is None or may(role, action)
    assert (place in {each.key for group in places(role) for each in group}) == is_open
    assert is_open == (role in AT_THE_DESK or place == SETTINGS)


@pytest.mark.parametrize("role", Role)
def test_no_way_leads_where_a_role_may_not_go(qtbot: QtBot, role: Role) -> None:
    place = seat_of(CallPage(), msgspec.structs.replace(CLAIRE, role=role))
    qtbot.addWidget(place.window)
    gone: list[str] = []
    place.pages.gone.connect(gone.append)
    for key in sorted(EVERY):
        place.pages.go(key)
    assert gone == sorted(key for key in EVERY if may_open(role, key))
    assert place.rail.has(HOME) == (role is not Role.ADMINISTRATOR)
