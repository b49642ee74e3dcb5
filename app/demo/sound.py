"""Makes a voicemail without a voice: a few notes that rise and fall, as a telephone carries them."""

import io
import math
import struct
import wave
from datetime import timedelta

RATE = 8000
_NOTES_HZ = (392, 440, 523, 440, 349)
_LOUDEST = 9000


def voicemail_sound(lasts: timedelta) -> bytes:
    """A WAV file of 16 bits PCM, one channel; the same each time."""
    samples = int(lasts.total_seconds() * RATE)
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(struct.pack(f"<{samples}h", *(_sample(at, samples) for at in range(samples))))
    return written.getvalue()


def _sample(at: int, samples: int) -> int:
    """Each note swells and dies away, so that none clicks."""
    place = at * len(_NOTES_HZ) / samples
    note = int(place)
    swell = math.sin(math.pi * (place - note))
    return int(_LOUDEST * swell * math.sin(2 * math.pi * _NOTES_HZ[note] * at / RATE))
