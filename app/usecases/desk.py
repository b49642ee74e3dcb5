"""The commands a console may run alone, online or not (sync rule 1)."""

from app.domain.commands import (
    IdentifyCaller,
    LeaveMessage,
    LogMotive,
    MarkMessageDone,
    MarkMessageRead,
    NoteContact,
    OpenPerson,
    RegisterProvisionalPerson,
    WithdrawMotive,
)

ON_DESK: tuple[type, ...] = (
    LogMotive,
    WithdrawMotive,
    NoteContact,
    IdentifyCaller,
    OpenPerson,
    RegisterProvisionalPerson,
    LeaveMessage,
    MarkMessageRead,
    MarkMessageDone,
)
