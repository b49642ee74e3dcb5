"""What has not left this desk is listed whatever it is, with whom it is about."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import Commit, LogMotive, Promise
from app.domain.ids import derived_id
from app.domain.sending import Sending, SendState
from app.domain.words import Outcome
from tests.support.scene import MARTINE, MORNING, Scene
from tests.support.stores import quick_engine
from tests.viewmodels.test_undone import ServerDesk
from ui.viewmodels.sending import SendingList

__all__ = ["quick_engine"]


@pytest.mark.usefixtures("qtbot")
def test_a_save_with_its_promise_is_listed_like_the_others(quick_engine: sa.Engine) -> None:
    scene = Scene(quick_engine)
    desk = ServerDesk(scene)
    contact = scene.ring("0639984107")
    promise = Promise(commitment=derived_id("promise"), due_at=MORNING + timedelta(hours=2), owner="x")
    save = LogMotive(
        contact=contact, motive="31", outcome=Outcome.FOLLOW_UP, service="orthopedie", commitment=promise
    )
    commit = Commit(promise=promise, service="orthopedie", person=MARTINE)
    desk.unsent = tuple(
        Sending(command=str(at), body=body, made_at=MORNING, state=SendState.WAITING)
        for at, body in enumerate((save, commit))
    )
    sendings = SendingList(desk, clock=scene.clock)
    sendings.look_now()
    assert [line.sending.body for line in sendings.state.waiting] == [save, commit]
    first, second = sendings.state.waiting
    assert first.subject is not None
    assert first.subject.number == "+33639984107"
    assert second.subject is not None
