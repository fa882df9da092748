"""The closed word lists of the domain, as code says them."""

from enum import StrEnum


class Audience(StrEnum):
    """Who a request speaks for."""

    POLICY = "policy"
    ACADEMIC = "academic"
    MEDIA = "media"
    SECTOR = "sector"
    OWN = "own"


class Purpose(StrEnum):
    """What a member may be asked about, or a background field be used for."""

    POLICY = "policy"
    ACADEMIC = "academic"
    MEDIA = "media"
    SECTOR = "sector"
    OWN_EVENTS = "own_events"
    NEWS = "news"
    CAMPAIGNS = "campaigns"
    USE_AGE_BAND = "use_age_band"
    USE_GENDER = "use_gender"
    USE_ETHNICITY = "use_ethnicity"
    USE_MIGRATION_STATUS = "use_migration_status"


ASKING = (
    Purpose.POLICY,
    Purpose.ACADEMIC,
    Purpose.MEDIA,
    Purpose.SECTOR,
    Purpose.OWN_EVENTS,
    Purpose.NEWS,
    Purpose.CAMPAIGNS,
)
"""Every purpose of being asked or written to; a withdrawal that names none means all of these."""

AUDIENCE_PURPOSES = (Purpose.POLICY, Purpose.ACADEMIC, Purpose.MEDIA, Purpose.SECTOR)
"""The purposes under which requests from outside are asked about."""

BACKGROUND_USE = {
    "age_band": Purpose.USE_AGE_BAND,
    "gender": Purpose.USE_GENDER,
    "ethnicity": Purpose.USE_ETHNICITY,
    "migration_status": Purpose.USE_MIGRATION_STATUS,
}
"""Optional background field -> the permission that its use in matching needs."""


def purpose_of(audience: Audience) -> Purpose:
    """The permission that a request of this audience needs."""
    return Purpose.OWN_EVENTS if audience is Audience.OWN else Purpose(audience.value)


class Decision(StrEnum):
    """What a member decided about a purpose. ``VOID`` takes back a grant that an undo made groundless."""

    GIVEN = "given"
    ASK_FIRST = "ask_first"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class State(StrEnum):
    """Where a member stands on a purpose now."""

    GIVEN = "given"
    ASK_FIRST = "ask_first"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_GIVEN = "not_given"


MAY_BE_ASKED = frozenset({State.GIVEN, State.ASK_FIRST})


class How(StrEnum):
    """How a permission reached the founder; ``JOURNAL`` is a no that outlived the restore of a backup."""

    FORM = "form"
    WHATSAPP = "whatsapp"
    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in_person"
    SAMPLE = "sample"
    JOURNAL = "journal"


class RightsKind(StrEnum):
    """What somebody asks for about their own data."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    OBJECTION = "objection"
    COMPLAINT = "complaint"


class Stage(StrEnum):
    """Where a request stands."""

    NEW = "new"
    CHECKING = "checking"
    MATCHING = "matching"
    ASKING = "asking"
    INTRODUCED = "introduced"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    NOT_A_REQUEST = "not_a_request"
    MERGED = "merged"


CLOSED = frozenset({Stage.DONE, Stage.DECLINED, Stage.WITHDRAWN, Stage.NOT_A_REQUEST, Stage.MERGED})
_ENDINGS = CLOSED - {Stage.DONE}
NEXT_STAGES: dict[Stage, frozenset[Stage]] = {
    Stage.NEW: frozenset({Stage.CHECKING, Stage.MATCHING}) | _ENDINGS,
    Stage.CHECKING: frozenset({Stage.NEW, Stage.MATCHING}) | _ENDINGS,
    Stage.MATCHING: frozenset({Stage.CHECKING, Stage.ASKING}) | _ENDINGS,
    Stage.ASKING: frozenset({Stage.MATCHING, Stage.INTRODUCED, Stage.DONE}) | _ENDINGS,
    Stage.INTRODUCED: frozenset({Stage.ASKING, Stage.DONE}) | _ENDINGS,
} | {stage: frozenset({Stage.CHECKING, Stage.MATCHING}) for stage in CLOSED}
"""Stage -> the stages it may move to. A closed request can be taken up again."""


class CheckAnswer(StrEnum):
    """What is known of an item of the checklist; questions are put so that yes is good."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_NEEDED = "not_needed"


class LetterKind(StrEnum):
    """How a request is answered."""

    ACCEPT = "accept"
    ASK_MORE = "ask_more"
    DECLINE = "decline"
    SIGNPOST = "signpost"


class FactKind(StrEnum):
    """What a dated fact on a requester is about."""

    PROMISED = "promised"
    PAID = "paid"
    FINDINGS = "findings"
    FEEDBACK = "feedback"


class PartnerKind(StrEnum):
    """What an organisation is that tells care workers of the network."""

    LIBRARY = "library"
    COUNCIL = "council"
    TRAINING = "training"
    UNION = "union"
    CHARITY = "charity"
    COMMUNITY = "community"
    SECTOR = "sector"
    OTHER = "other"


class MeetupKind(StrEnum):
    """The network's own events: a meet-up is one date, a drop-in is open to whoever looks in, and often repeats."""

    MEET_UP = "meet_up"
    DROP_IN = "drop_in"


class MeetupState(StrEnum):
    """Where a member stands with a meet-up she was told of. Whether she came is `Attendance`."""

    INVITED = "invited"
    COMING = "coming"
    WAITING = "waiting"
    NO = "no"
    CANCELLED = "cancelled"


OPEN_MEETUP_STATES = (MeetupState.INVITED, MeetupState.COMING, MeetupState.WAITING)
"""Where something of the network's is still meant for her, so that it needs her permission."""


class RequestKind(StrEnum):
    """What a piece of post turned out to be."""

    REQUEST = "request"
    UPDATE = "update"
    NEWSLETTER = "newsletter"
    MARKETING = "marketing"
    ENQUIRY = "enquiry"


class InvitationState(StrEnum):
    """The life of an ask."""

    TO_ASK = "to_ask"
    ASKED = "asked"
    YES = "yes"
    NO = "no"
    DONE = "done"


NEXT_INVITATION_STATES: dict[InvitationState, frozenset[InvitationState]] = {
    InvitationState.TO_ASK: frozenset({InvitationState.ASKED, InvitationState.YES, InvitationState.NO}),
    InvitationState.ASKED: frozenset({InvitationState.YES, InvitationState.NO, InvitationState.TO_ASK}),
    InvitationState.YES: frozenset({InvitationState.NO, InvitationState.DONE, InvitationState.ASKED}),
    InvitationState.NO: frozenset({InvitationState.YES, InvitationState.ASKED}),
    InvitationState.DONE: frozenset({InvitationState.YES}),
}


class Answer(StrEnum):
    """What a member can answer to an ask; the value is what the Response column of the workbook says."""

    YES = "Yes"
    NO_THIS_TIME = "No this time"
    CANNOT_MAKE_DATE = "Can't make the date"
    STOP_KIND = "No - stop this kind"
    STOP_ALL = "No - stop everything"
    NO_REPLY = "No reply"


STATE_AFTER: dict[Answer, InvitationState] = {
    Answer.YES: InvitationState.YES,
    Answer.NO_THIS_TIME: InvitationState.NO,
    Answer.CANNOT_MAKE_DATE: InvitationState.NO,
    Answer.STOP_KIND: InvitationState.NO,
    Answer.STOP_ALL: InvitationState.NO,
    Answer.NO_REPLY: InvitationState.ASKED,
}
"""Answer -> where the ask stands after it."""


class Outcome(StrEnum):
    """What came of a yes."""

    TOOK_PART = "took_part"
    NOT_PICKED = "not_picked"
    CANCELLED_BY_REQUESTER = "cancelled_by_requester"
    COULD_NOT_ATTEND = "could_not_attend"
    DID_NOT_ATTEND = "did_not_attend"


class Format(StrEnum):
    """What taking part looks like."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus_group"
    SURVEY = "survey"
    DIARY = "diary"
    ROUNDTABLE = "roundtable"
    ORAL_EVIDENCE = "oral_evidence"
    WRITTEN_EVIDENCE = "written_evidence"
    ADVISORY_GROUP = "advisory_group"
    CO_DESIGN = "co_design"
    TRIAL = "trial"
    LIVE_BROADCAST = "live_broadcast"
    RECORDED_BROADCAST = "recorded_broadcast"
    PRINT = "print"
    PODCAST = "podcast"
    EVENT = "event"
    OTHER = "other"


class Anonymity(StrEnum):
    """How a person who takes part can be recognised in what comes of it."""

    ANONYMOUS = "anonymous"
    PSEUDONYM = "pseudonym"
    FIRST_NAME = "first_name"
    NAMED = "named"
    ON_CAMERA = "on_camera"
    NOT_STATED = "not_stated"


class Recording(StrEnum):
    """What is recorded while taking part."""

    NONE = "none"
    AUDIO = "audio"
    VIDEO = "video"
    PHOTO = "photo"
    NOT_STATED = "not_stated"


class EthicsStatus(StrEnum):
    """Where the ethics review of a study stands."""

    APPROVED = "approved"
    PENDING = "pending"
    EXEMPT = "exempt"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


class Strength(StrEnum):
    """Must have, or nice to have."""

    MUST = "must"
    PREFER = "prefer"


class Op(StrEnum):
    """How a criterion compares."""

    IS = "is"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    WITHIN = "within"
    HAS = "has"


class CriterionField(StrEnum):
    """What a criterion can speak about; ``WORDS`` is everything else."""

    COUNTRY = "country"
    REGION = "region"
    PLACE = "place"
    YEARS_IN_CARE = "years_in_care"
    MONTHS_IN_ROLE = "months_in_role"
    AGE = "age"
    GENDER = "gender"
    ETHNICITY = "ethnicity"
    LANGUAGE = "language"
    MIGRATION_STATUS = "migration_status"
    ROLE = "role"
    EMPLOYER_TYPE = "employer_type"
    CONTRACT = "contract"
    CARE_TYPE = "care_type"
    SETTING = "setting"
    SHIFT = "shift"
    TOPIC = "topic"
    EXPERIENCE = "experience"
    AVAILABILITY = "availability"
    ANONYMITY = "anonymity"
    EMPLOYER_INVOLVED = "employer_involved"
    WORDS = "words"
