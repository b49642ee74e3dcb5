"""What a caller said is played to its end or until it is stopped, without a sound card here."""

import threading
from datetime import timedelta

import miniaudio  # pyright: ignore[reportMissingTypeStubs] - it has its types, and says so nowhere
import pytest

from app.demo.sound import voicemail_sound
from ui.sound import Loudspeaker, NoSound

SILENT = [miniaudio.Backend.NULL]


def test_a_sound_is_played_to_its_end() -> None:
    Loudspeaker(SILENT).play(voicemail_sound(timedelta(seconds=0.2)))


def test_a_long_sound_ends_when_it_is_stopped() -> None:
    speaker = Loudspeaker(SILENT)
    playing = threading.Thread(target=speaker.play, args=(voicemail_sound(timedelta(minutes=5)),))
    playing.start()
    while playing.is_alive():
        speaker.stop()
        playing.join(0.05)
    assert not playing.is_alive()


def test_what_is_no_sound_is_said() -> None:
    with pytest.raises(NoSound):
        Loudspeaker(SILENT).play(b"nothing that sounds")


def test_a_desk_without_anything_to_be_heard_with_is_said() -> None:
    with pytest.raises(NoSound):
        Loudspeaker([miniaudio.Backend.CUSTOM]).play(voicemail_sound(timedelta(seconds=0.1)))
