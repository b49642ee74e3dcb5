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
    LogMotive,
    MarkMessageDone,
    MarkMessageRead,
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
    WithdrawMotive,
)

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
    OpenPerson,
    RegisterProvisionalPerson,
    LeaveMessage,
    MarkMessageRead,
    MarkMessageDone,
)
ON_PHONE: tuple[type, ...] = (
    AnswerCall,
    HoldCall,
    RetrieveCall,
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
)
"""What people do, here or with the server: whoever takes a promise must know that nobody else did."""
