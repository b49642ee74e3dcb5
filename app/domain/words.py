"""The controlled words that commands, facts, rows and screens share."""

from enum import StrEnum


class Channel(StrEnum):
    """Where an exchange took place (rules R33)."""

    PHONE = "phone"
    VOICEMAIL = "voicemail"
    EMAIL = "email"
    SMS = "sms"
    RCS = "rcs"
    WHATSAPP = "whatsapp"
    WEBCHAT = "webchat"
    WEB_FORM = "web_form"
    SOCIAL = "social"
    PORTAL = "portal"
    APP = "app"
    DESK = "desk"
    LETTER = "letter"
    FAX = "fax"
    MSSANTE = "mssante"
    MON_ESPACE_SANTE = "mon_espace_sante"
    BOOKING = "booking"
    VIDEO = "video"


class Direction(StrEnum):
    """Who wrote or called."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Outcome(StrEnum):
    """What became of a contact (Répondu, À suivre, Transféré, Sans suite)."""

    DEALT_WITH = "dealt_with"
    FOLLOW_UP = "follow_up"
    TRANSFERRED = "transferred"
    NO_ACTION = "no_action"


class CallerKind(StrEnum):
    """Who is speaking, which may not be the patient (« Qui appelle ? »)."""

    PATIENT = "patient"
    RELATIVE = "relative"
    PROFESSIONAL = "professional"
    RELAY = "relay"
    UNKNOWN = "unknown"

    @property
    def is_another(self) -> bool:
        """Whether it is not the patient, whose number this is not then (rules R4, R9)."""
        return self in (CallerKind.RELATIVE, CallerKind.PROFESSIONAL, CallerKind.RELAY)


class Proof(StrEnum):
    """What the agent compared before trusting who speaks (rules R1)."""

    BIRTH_DATE = "birth_date"
    BIRTH_NAME = "birth_name"
    POSTCODE = "postcode"
    FILE_NUMBER = "file_number"
    LAST_APPOINTMENT = "last_appointment"
    CALL_BACK = "call_back"
    PAPER_AT_DESK = "paper_at_desk"


class CallState(StrEnum):
    """Where a call stands."""

    QUEUED = "queued"
    RINGING = "ringing"
    DIALLING = "dialling"
    IN_CALL = "in_call"
    HELD = "held"
    ENDED = "ended"


class Ending(StrEnum):
    """How a call ended."""

    HUNG_UP = "hung_up"
    ABANDONED = "abandoned"
    MISSED = "missed"
    NO_ANSWER = "no_answer"
    """We called, and nobody took it."""


class TransferKind(StrEnum):
    """Whether the other desk was spoken to before it was given the call."""

    BLIND = "blind"
    ATTENDED = "attended"


class AgentState(StrEnum):
    """What an agent of a queue does; a break is only « Indisponible » (rules R26)."""

    AVAILABLE = "available"
    RINGING = "ringing"
    IN_CALL = "in_call"
    WRAP_UP = "wrap_up"
    UNAVAILABLE = "unavailable"
    AT_DESK = "at_desk"
    TRAINING = "training"
    SUPERVISION = "supervision"
    OFFLINE = "offline"


class LineAct(StrEnum):
    """What a desk may ask its exchange to do."""

    ANSWER = "answer"
    HOLD = "hold"
    RETRIEVE = "retrieve"
    MUTE = "mute"
    UNMUTE = "unmute"
    TRANSFER = "transfer"
    ANNOUNCE = "announce"
    COMPLETE = "complete"
    CANCEL = "cancel"
    HANG_UP = "hang_up"
    DIAL = "dial"
    PAUSE = "pause"


class LineActState(StrEnum):
    """Where such a demand stands."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"


class LineRefusal(StrEnum):
    """Why the exchange did not do it."""

    UNREACHABLE = "unreachable"
    CALL_GONE = "call_gone"
    NOT_PERMITTED = "not_permitted"
    NOT_AGENT = "not_agent"
    NOT_TAKEN = "not_taken"
    NOT_ANNOUNCED = "not_announced"
    REFUSED = "refused"


class NumberKind(StrEnum):
    """What the exchange told of the caller's number."""

    KNOWN_FORMAT = "e164"
    HIDDEN = "hidden"
    UNREADABLE = "unreadable"
    INTERNAL = "internal"


class Sex(StrEnum):
    """Sex as the identity base gives it (rules R3)."""

    FEMALE = "F"
    MALE = "M"
    UNDETERMINED = "I"


class IdentityStatus(StrEnum):
    """The RNIV status; a conversation never changes it."""

    PROVISIONAL = "provisional"
    RETRIEVED = "retrieved"
    VALIDATED = "validated"
    QUALIFIED = "qualified"


class IdentityDoubt(StrEnum):
    """Attributes of an identity; the last two force the provisional status (rules R3)."""

    HOMONYM = "homonym"
    DOUBTFUL = "doubtful"
    FICTITIOUS = "fictitious"


class Protection(StrEnum):
    """Why a person is absent for roles that may not know (rules R5)."""

    NONE = ""
    UNDISCLOSED = "undisclosed"
    PROTECTED = "protected"


class CaseState(StrEnum):
    """Where a demand stands."""

    OPEN = "open"
    CLOSED = "closed"
    JOINED = "joined"


class CommitmentState(StrEnum):
    """Where a promise stands; overdue is computed, never stored."""

    OPEN = "open"
    KEPT = "kept"
    POSTPONED = "postponed"
    MISSED = "missed"
    CANCELLED = "cancelled"


class EntryKind(StrEnum):
    """What an entry of the directory is (Service, Personne, Fonction)."""

    SERVICE = "service"
    PERSON = "person"
    FUNCTION = "function"


class NoteState(StrEnum):
    """Where a « Merci de rappeler » stands; only its recipient makes it read or done (rules R29)."""

    SENT = "sent"
    READ = "read"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class NoticeTopic(StrEnum):
    """What a notice of the day is about, which its sign shows."""

    GENERAL = "general"
    ABSENCE = "absence"
    DELAY = "delay"
    PLACE = "place"


class Reach(StrEnum):
    """How a promise was followed up; a voicemail is an attempt, it keeps nothing (rules R35)."""

    SPOKEN = "spoken"
    MESSAGE = "message"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"


class ActKind(StrEnum):
    """What was done about a promise."""

    KEPT = "kept"
    TRIED = "tried"
    POSTPONED = "postponed"
    GIVEN_UP = "given_up"


class ErasureGround(StrEnum):
    """Why a person is erased: a word and no text, for it is kept for ever."""

    REQUEST = "request"
    RETENTION = "retention"
    MISTAKE = "mistake"


class Role(StrEnum):
    """What a user may do (architecture, « Who may what »)."""

    RECEPTIONIST = "receptionist"
    SECRETARY = "secretary"
    NURSE = "nurse"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
