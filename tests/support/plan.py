"""Who may what, as the plan and the rules say it: written apart from the code that it judges."""

from collections.abc import Mapping

ROLES = ("receptionist", "secretary", "nurse", "supervisor", "administrator")
_TABLE = """
| persons, timeline | scope | scope | scope | scope | no |
| content of protected contacts | masked | own services | own services | masked | no |
| log motive, commit, identify | yes | yes | yes | yes | no |
| reply on written channels | no | yes | yes | no | no |
| nurse alerts | no | no | yes | counts | no |
| queues, reports | own queues | own queues | own queues | all | no |
| merge, data requests | propose | propose | propose | decide | no |
| users, settings, connectors | no | no | no | own services' queues and notices | yes |
| break-glass | yes | yes | yes | yes | no |
| what was opened by break-glass | no | no | no | yes | yes |
| colleagues' mobile numbers | no | no | yes | yes | no |
"""
"""The plan's own table; the last three lines are what is said under it, and by R28 of the rules."""
ROUTES: Mapping[str, str] = {
    "GET /v1/session": "anybody",
    "POST /v1/session": "anybody",
    "POST /v1/desks": "persons, timeline",
    "POST /v1/commands": "whoever is signed in",
    "GET /v1/feed": "persons, timeline",
    "GET /v1/snapshot": "persons, timeline",
    "GET /v1/persons": "persons, timeline",
    "GET /v1/persons/{person}": "persons, timeline",
    "GET /v1/persons/{person}/timeline": "persons, timeline",
    "GET /v1/persons/{person}/doubles": "merge, data requests",
    "GET /v1/persons/{person}/relatives": "persons, timeline",
    "GET /v1/doubles": "merge, data requests: decide",
    "GET /v1/queues": "queues, reports",
    "GET /v1/reports/{name}": "queues, reports",
    "GET /v1/accesses": "what was opened by break-glass",
    "GET /v1/contacts/{contact}/earlier-calls": "log motive, commit, identify",
    "GET /v1/voicemails/{contact}": "log motive, commit, identify",
    "POST /hooks/cti/{token}": "whoever was given this address",
    "POST /hooks/voicemail/{token}": "whoever was given this address",
    "GET /health/live": "anybody",
    "GET /health/ready": "anybody",
    "GET /metrics": "anybody",
    "GET /openapi.json": "anybody",
    "POST /demo/line": "anybody, on a demonstration alone",
}
"""Every route, by the line of the table that opens it, or by what opens it to nobody's role."""
REPORTS = ("telephone", "first-replies")
_COMMANDS = {
    "nobody": """
        RegisterCall RegisterRing RegisterAnswer RegisterNoAnswer RegisterHold RegisterRetrieval
        RegisterTransfer RegisterOverflow RegisterVoicemail RegisterOutgoingCall RegisterEnd ReportAgentState
        SettleLineAct SeatAgent UnseatAgent KeepVoicemail DeleteVoicemail
        ReleasePerson ReviewScope ImportDirectory ImportDuty PublishServiceSheet EscalateMessage
        ForgetCall ForgetReads ReviewRetention RecordStop RekeyDesk ChangeNumberKey
    """,
    "log motive, commit, identify": """
        AnswerCall HoldCall RetrieveCall MuteCall UnmuteCall TransferCall CompleteTransfer CancelTransfer
        HangUpCall DialNumber ChangeOwnState IdentifyCaller WithdrawIdentification LinkContact UnlinkContact
        LogMotive WithdrawMotive JoinCase PartCase Commit KeepCommitment PostponeCommitment GiveUpCommitment
        ReopenCommitment TakeCommitment ReleaseCommitment AssignCommitment NoteContact OpenPerson
        RegisterProvisionalPerson LeaveMessage MarkMessageRead MarkMessageDone WithdrawMessage
        SetPreference WithdrawPreference SayRelative WithdrawRelative
    """,
    "break-glass": "BreakGlass CloseGlass",
    "merge, data requests: decide": """
        ErasePerson ExportPerson RectifyPerson MergePersons UnmergePersons RejectDouble
        WithdrawRejection SettleTriage
    """,
    "merge, data requests": "SignalDouble",
    "reply on written channels": "LiftStop",
    "users, settings, connectors: yes": "SetPlace SetNaming SetOpeningHours SetLegalForm",
    "users, settings, connectors": "PublishNotice WithdrawNotice",
}
"""Every command by the line that lets it be sent, after a colon how far one must go; nobody's: a line's."""
_FACTS = {
    "nobody": """
        PersonOpened PersonExported SaveSetAside ReadsForgotten DoubleSignalled DoubleRejected
        RejectionWithdrawn RelativeNamed
    """,
    "rows": "PersonEntered PersonLeft",
    "everybody": """
        PersonErased CallForgotten DirectoryEntryRemoved DirectoryImported DutyShiftListed DutyShiftRemoved
        ServiceSheetPublished PlaceSet LegalFormSet NamingSet OpeningHoursSet NoticePublished NoticeWithdrawn
        DirectoryEntryListed AgentSeated AgentUnseated DeskRekeyAsked NumberKeyChanged
    """,
    "accesses": "GlassBroken GlassClosed",
    "call": """
        CallArrived CallPlaced CallRang CallRangOut CallAnswered CallHeld CallRetrieved CallTransferred
        CallOverflowed VoicemailLeft CallEnded EmergencyHeard CallerFollowed
    """,
    "subject": """
        AgentStateChanged LineActAsked LineActSettled PostCallEnded VoicemailKept VoicemailDeleted
        CallerIdentified IdentificationWithdrawn
        ContactLinked ContactUnlinked CaseOpened CaseWithdrawn CaseJoined CaseParted MotiveLogged
        MotiveWithdrawn CommitmentMade CommitmentCancelled CommitmentKept CommitmentTried CommitmentPostponed
        CommitmentGivenUp CommitmentReopened CommitmentTaken CommitmentReleased CommitmentAssigned
        ContactNoted ProvisionalPersonRegistered NumberSetAside NumberGivenBack
        PersonRectified PersonsMerged PersonsUnmerged TriageSettled Superseded MessageLeft MessageRead
        MessageDone MessageWithdrawn MessageEscalated PreferenceSet PreferenceWithdrawn StopRecorded
        StopLifted RelativeSaid RelativeWithdrawn
    """,
}
"""Every fact: told as rows, to every desk, to who answers for accesses, as a call is, or as its person is."""


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _by_name(listed: Mapping[str, str]) -> dict[str, str]:
    return {name: rule for rule, names in listed.items() for name in names.split()}


TABLE: Mapping[str, Mapping[str, str]] = {
    action: dict(zip(ROLES, extents, strict=True))
    for action, *extents in map(_cells, _TABLE.strip().splitlines())
}
COMMANDS: Mapping[str, str] = _by_name(_COMMANDS)
FACTS: Mapping[str, str] = _by_name(_FACTS)


def reaches(role: str, rule: str) -> bool:
    """Whether a role goes anywhere by a rule above, which may ask for one extent."""
    if rule in ("anybody", "whoever is signed in"):
        return True
    action, _, wanted = rule.partition(": ")
    extent = TABLE.get(action, {}).get(role, "no")
    return extent == wanted if wanted else extent != "no"


def is_unaware(role: str) -> bool:
    """Whether protected persons do not exist for a role, whatever its services."""
    return TABLE["content of protected contacts"][role] == "masked"


def sees(role: str, *, is_own: bool, is_protected: bool) -> bool:
    """Whether a role sees what concerns a person of its services, or of others."""
    is_told = TABLE["persons, timeline"][role] == "scope" and is_own
    return is_told and not (is_protected and is_unaware(role))
