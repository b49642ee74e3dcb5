"""The commands a console may run alone, online or not (sync rule 1), and those its phone obeys."""

from app.domain.commands import (
    AnswerCall,
    AssignCommitment,
    CancelTransfer,
    ChangeOwnState,
    Commit,
    CompleteTransfer,
    DialNumber,
    GiveUpCommitment,
    HangUpCall,
    HoldCall,
    IdentifyCaller,
    JoinCase,
    KeepCommitment,
    LeaveMessage,
    LinkContact,
    LogMotive,
    MarkMessageDone,
    MarkMessageRead,
    MuteCall,
    NoteContact,
    OpenPerson,
    PartCase,
    PostponeCommitment,
    RegisterProvisionalPerson,
    ReleaseCommitment,
    ReopenCommitment,
    RetrieveCall,
    TakeCommitment,
    TransferCall,
    UnlinkContact,
    UnmuteCall,
    WithdrawIdentification,
    WithdrawMessage,
    WithdrawMotive,
)
from app.domain.consent_commands import LiftStop, SetPreference, WithdrawPreference
from app.domain.relative_commands import SayRelative, WithdrawRelative

ON_DESK: tuple[type, ...] = (
    LogMotive,
    WithdrawMotive,
    JoinCase,
    PartCase,
    Commit,
    KeepCommitment,
    PostponeCommitment,
    ReopenCommitment,
    NoteContact,
    IdentifyCaller,
    WithdrawIdentification,
    LinkContact,
    UnlinkContact,
    OpenPerson,
    RegisterProvisionalPerson,
    LeaveMessage,
    MarkMessageRead,
    MarkMessageDone,
    WithdrawMessage,
    SetPreference,
    WithdrawPreference,
    LiftStop,
)
ON_PHONE: tuple[type, ...] = (
    AnswerCall,
    HoldCall,
    RetrieveCall,
    MuteCall,
    UnmuteCall,
    TransferCall,
    CompleteTransfer,
    CancelTransfer,
    HangUpCall,
    DialNumber,
    ChangeOwnState,
)
"""What a desk asks of its own extension: the server alone runs them, for a call that is there."""

BY_PERSONS: tuple[type, ...] = (
    *ON_DESK,
    *ON_PHONE,
    TakeCommitment,
    ReleaseCommitment,
    AssignCommitment,
    GiveUpCommitment,
    SayRelative,
    WithdrawRelative,
)
"""What people do, here or with the server: whoever takes a promise must know that nobody else did.

The name of somebody close to a person is on no desk, not even on its way.
"""
