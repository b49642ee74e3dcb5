"""Plays what a caller said, on whatever this desk has to be heard with, off the GUI thread."""

import io
import threading
import wave
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from miniaudio import Backend  # pyright: ignore[reportMissingTypeStubs] - it has its types, and says so nowhere

_BUFFER_MS = 200


class NoSound(Exception):  # noqa: N818 - the desk has nothing to be heard with
    """Nothing here plays sound, or not this one."""


class Speaker(Protocol):
    """What plays; `stop` may be called from any thread."""

    def play(self, wav: bytes) -> None:
        """Play to the end, or until `stop`; it returns then. Raises `NoSound`."""
        ...

    def stop(self) -> None:
        """End what plays."""
        ...


class Loudspeaker:
    """The desk's own: one sound at a time, the newest.

    `backends`: the system's ways to sound; None is every one that people hear. Without any, it is said and
    nothing is played to nobody. The library is loaded by the first sound: most desks start and play none.
    """

    def __init__(self, backends: "list[Backend] | None" = None) -> None:
        self._backends = backends
        self._over = threading.Event()
        self._turn = threading.Lock()

    def play(self, wav: bytes) -> None:
        """Play to the end, or until `stop`; it returns then. Raises `NoSound`."""
        import miniaudio  # pyright: ignore[reportMissingTypeStubs]

        self.stop()
        with self._turn:
            self._over = over = threading.Event()
            try:
                self._play(wav, over)
            except (miniaudio.MiniaudioError, wave.Error, EOFError) as error:
                raise NoSound(type(error).__name__) from error

    def stop(self) -> None:
        """End what plays."""
        self._over.set()

    def _play(self, wav: bytes, over: threading.Event) -> None:
        import miniaudio  # pyright: ignore[reportMissingTypeStubs]

        heard = [each for each in miniaudio.Backend if each is not miniaudio.Backend.NULL]
        with wave.open(io.BytesIO(wav)) as sound:
            rate, channels, width = sound.getframerate(), sound.getnchannels(), sound.getsampwidth()
            samples = sound.readframes(sound.getnframes())
        device = miniaudio.PlaybackDevice(
            nchannels=channels,
            sample_rate=rate,
            buffersize_msec=_BUFFER_MS,
            backends=self._backends or heard,
            app_name="Filrouge",
        )
        with device:
            told = miniaudio.stream_raw_pcm_memory(samples, channels, width)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            device.start(told)  # pyright: ignore[reportUnknownMemberType]
            over.wait(len(samples) / (rate * channels * width) + 2 * _BUFFER_MS / 1000)
