"""What both ends say to each other: the protocol's specification.

Up: `POST /v1/commands` hands over at most 500 commands and 1 MiB. 202 means each was run in its
own transaction and left its one journal entry; the answer gives each one's state and the position
that holds it. Only the feed settles an outbox row: by the entry's command id, or by a cursor that
has passed that position. Sending again is harmless: a command runs at most once, by its id.

Down: `GET /v1/feed?after=CURSOR` streams server-sent events. A cursor is `epoch.position`; the
console that keeps the cursor of the last page it applied resumes where it was. `page` carries
entries in the journal's order, `beat` a cursor every five seconds, `snapshot` says that the
cursor can't be resumed (another epoch, unknown, past the horizon), `bye` says why it ends.

An entry reaches a desk when it concerns one of its services, its extension, or a person of its
scope. It always carries the command's id, so that its author's outbox row leaves. `bundles` are
the whole persons who enter the scope, each true as of a position; the bundle of nobody (person "")
brings a call without a person that rings here from another service; `gone` those who leave.

`GET /v1/snapshot` gives the scope whole, with the cursor it stands for.
"""

PROTOCOL_VERSION = 1
"""Sent by both ends as `Filrouge-Protocol`; the server speaks with the version before too."""
