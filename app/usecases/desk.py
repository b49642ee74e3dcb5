"""The commands a console may run alone, online or not (sync rule 1)."""

from app.domain.commands import (
    AssignCommitment,
    Commit,
    GiveUpCommitment,
    IdentifyCaller,
    KeepCommitment,
    LeaveMessage,
    LogMotive,
    MarkMessageDone,
    MarkMessageRead,
    NoteContact,
    OpenPerson,
    PostponeCommitment,
    RegisterProvisionalPerson,
    ReleaseCommitment,
    ReopenCommitment,
    TakeCommitment,
    WithdrawMotive,
)

ON_DESK: tuple[type, ...] = (
    LogMotive,
    WithdrawMotive,
    Commit,
    KeepCommitment,
    PostponeCommitment,
    ReopenCommitment,
    NoteContact,
    IdentifyCaller,
    OpenPerson,
    RegisterProvisionalPerson,
    LeaveMessage,
    MarkMessageRead,
    MarkMessageDone,
)

BY_PERSONS: tuple[type, ...] = (
    *ON_DESK,
    TakeCommitment,
    ReleaseCommitment,
    AssignCommitment,
    GiveUpCommitment,
)
"""What people do, here or with the server: whoever takes a promise must know that nobody else did."""
