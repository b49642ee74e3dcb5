"""What both ends say to each other: the protocol's specification.

Up: `POST /v1/commands` hands over at most 500 commands and 1 MiB. 202 means that each was run, whole
or refused by itself whatever its neighbours did, and that its one journal entry is on disk; the
answer gives each one's state and the position that holds it. Only the feed settles an outbox row:
by the entry's command id, or by a cursor that has passed that position. Sending again is harmless:
a command runs at most once, by its id.

A desk is shared. `POST /v1/desks`, asked by whoever may hold persons, enrols it and tells its
credential once; `Authorization: Desk CREDENTIAL` opens `POST /v1/commands` alone, and hands over what
any author did there. Each command carries its author's `sitting`, which the password opened, and its
`tag`: the Ed25519 signature, in hexadecimal, of the JSON list `[id, kind, made_at in microseconds
since 1970, author, sitting]` followed by the body's bytes. The key is made at the desk and stays there:
`POST /v1/session` is told its public half as `sitting_key`. The server judges it by the role its
author had when it was made, writes author and desk in its entry, and keeps as `held`, without running
it, what nobody may answer for: `author_disabled`, `author_not_proved`, `unknown_author`.

Down: `GET /v1/feed?after=CURSOR` streams server-sent events. A cursor is `epoch.position`; the
console that keeps the cursor of the last page it applied resumes where it was. `page` carries
entries in the journal's order, `beat` a cursor every five seconds, `snapshot` says that the
cursor can't be resumed (another epoch, unknown, past the horizon, or `scope=` is not what the snapshot's
first line said: the account's services, role or extension are others), `bye` says why it ends.
Whoever shows a token that was taken back is told `access_withdrawn`, and erases what it holds.

An entry reaches a desk when it concerns one of its services, its extension, or a person of its
scope. It always carries the command's id, so that its author's outbox row leaves. `bundles` are
the whole persons who enter the scope, each true as of a position; the bundle of nobody (person "")
brings a call without a person that rings here from another service; `gone` those who leave; `numbers` the
keyed hashes of a number that is new to the house, told to every desk.

`GET /v1/snapshot` streams the scope as lines of JSON: `start` (the cursor, the names of each
table's columns, how many persons will come and how many are beyond the most a desk may hold),
`part` (rows as lists of values in the order of those names: the house and today's calls first, then
whole persons, at most a hundred a line), `numbers` (keyed hashes of every number in use and of its
person, for « Connu, détail sur le serveur »; the key is a row of the house), `end`. A stream without
its last line is not whole and is thrown away. Each part is true as of its own position, at or after
the cursor's: what happened meanwhile comes again by the feed, and rows that know better keep what
they have. A column or a table that the console does not know is left out. The replica is built
beside the one in use, which goes on until the last line is laid.

A desk holds at most 20,000 persons, those with something open and the most recent first. What an
entry says of a person whom the replica does not hold is left to the server: a candidate without a
person's row is known, and its detail is there.
"""

PROTOCOL_VERSION = 1
"""Sent by both ends as `Filrouge-Protocol`: the version's minor number. One apart, either way, they
understand each other: fields are only added, with defaults, and what is at its default is not sent; a
fact of an unknown kind is kept raw, a command of one is refused by its kind. Further apart the server
answers 426 with `version_apart` and its own number: a console then keeps what it has to send."""
MOST_APART = 1
VERSION_HEADER = "Filrouge-Protocol"


def is_apart(theirs: int) -> bool:
    """Whether the other end is too many versions away, behind or ahead."""
    return abs(theirs - PROTOCOL_VERSION) > MOST_APART
