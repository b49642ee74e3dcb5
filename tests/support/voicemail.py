"""The two files that Asterisk's voicemail writes for a message, as the real one does."""

from datetime import datetime

from app.demo.sound import voicemail_sound

__all__ = ["message_text", "voicemail_sound"]


def message_text(*, number: str, spoken_at: datetime, name: str, category: str = "") -> bytes:
    """`msg0000.txt`, captured from Asterisk 22 with the call's own words put in."""
    return f""";
; Message Information file
;
[message]
origmailbox=100
context=from-trunk
exten=0199001004
rdnis=unknown
priority=4
callerchan=PJSIP/anonymous-00000000
callerid={number}
origdate=Sun Nov 22 05:57:50 PM UTC 2026
origtime={int(spoken_at.timestamp())}
category={category}
msg_id={int(spoken_at.timestamp())}-{name}
flag=
duration=2
""".encode()
