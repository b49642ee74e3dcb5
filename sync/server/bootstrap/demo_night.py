"""Lays the demonstration's evening, its voices sealed by the key of this installation."""

from datetime import datetime

import sqlalchemy as sa

from app.demo.night import lay_night
from app.settings import Settings
from sync.server.bootstrap.house import ensure_word
from sync.server.bootstrap.voicemail_keys import VoicemailKeys
from sync.server.bootstrap.voicemails import KEY_NAME


def lay_demonstration_night(
    settings: Settings, engine: sa.Engine, establishment: str, anchor: datetime
) -> int:
    """How many calls; the establishment is new, and so is the word that names its key."""
    keys = VoicemailKeys(settings.data_dir)
    seal = keys.seals()[0] if keys.names else keys.make_first()
    ensure_word(engine, establishment, KEY_NAME, seal.name)
    return lay_night(
        engine, establishment, anchor=anchor, close=lambda said, message: seal.close(said, about=message)
    )
