"""What a subject report tells of every table, column by column; what it withholds too.

A column that is in neither fails a test, so that nothing held can be forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.model import (
    Attendance,
    Base,
    CheckIn,
    ConsentProposal,
    Enquiry,
    FollowUp,
    Invitation,
    ListWish,
    MeetupInvitation,
    Member,
    MemberSource,
    Release,
    Request,
    Requester,
    RequesterFact,
    RightsCase,
    ShortlistEntry,
    fields_of,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells of a table: its heading, the column that says whose a row is, and column -> label.

    ``withheld``: column -> why it is not told.
    """

    title: str
    whose: str
    columns: Mapping[str, str]
    withheld: Mapping[str, str]


_INNER = {"id": "a number of the program's own", "member_id": "says whose row it is"}
_OF_REQUESTER = {"id": "a number of the program's own", "requester_id": "says whose row it is"}
_RIGHTS = {
    "kind": "What was asked", "how": "How", "received_on": "Received", "due_on": "Due",
    "identity_checked_on": "Identity checked", "acknowledged_on": "Acknowledged", "extended_to": "Extended to",
    "settled_on": "Answered", "note": "Note", "who": "Name given",
}  # fmt: skip

TOLD_OF_MEMBERS: dict[type[Base], Told] = {
    Member: Told(
        "What is held on you",
        "id",
        {name: field.label for name, field in fields_of(Member).items()}
        | {
            "start_year_earliest": "In home care since, at the earliest",
            "start_year_latest": "In home care since, at the latest",
            "latitude": "Latitude of your town or postcode district",
            "longitude": "Longitude of your town or postcode district",
            "partner_id": "The partner you heard of us through",
            "created_at": "Recorded on",
        },
        {
            "id": "a number of the program's own",
            "member_key": "a random key that links you to your permissions",
            "merged_into": "says which record stands for you; all of them are told here",
            "erased_at": "an erased record holds nothing to tell",
        },
    ),
    ConsentProposal: Told(
        "Answers waiting to be confirmed", "member_id",
        {"purpose": "About", "decision": "Says", "at": "When", "how": "How", "evidence": "Evidence",
         "settled": "Settled"},
        _INNER,
    ),
    Invitation: Told(
        "What you were asked to take part in", "member_id",
        {"request_id": "Request", "state": "Stands at", "channel": "Asked by", "volunteered": "You volunteered",
         "override_reason": "Why you were asked while resting", "asked_at": "Asked", "answered_at": "Answered",
         "answer": "Answer", "session": "Session", "outcome": "What came of it", "outcome_on": "On",
         "paid_on": "Paid on", "heard_back_on": "Findings returned on", "thanked_on": "Thanked on", "note": "Note",
         "nudged_on": "Asked again on", "reminded_on": "Reminded on",
         "introduced_on": "Given the requester's details on", "paid_how": "Paid how",
         "payment_declined_on": "Payment declined on", "expenses_on": "Expenses paid on",
         "feedback": "What you said of it"},
        _INNER,
    ),
    ShortlistEntry: Told(
        "Lists you were put on", "member_id",
        {"request_id": "Request", "position": "Place", "reserve": "As a reserve", "score": "How well you fitted",
         "why": "Why"},
        _INNER,
    ),
    ListWish: Told(
        "Lists you were to be kept on or left off", "member_id",
        {"request_id": "Request", "keep": "To be kept on"}, _INNER,
    ),
    Release: Told(
        "What was shared of you, with whom", "member_id",
        {"request_id": "Request", "recipient": "Shared with", "shared_fields": "What was shared", "at": "When",
         "out_file_id": "File"},
        _INNER | {"invitation_id": "the yes behind it, told above"},
    ),
    FollowUp: Told(
        "What followed from a withdrawal", "member_id",
        {"kind": "Kind", "about": "To do", "request_id": "Request", "out_file_id": "File", "made_at": "Noted",
         "done_at": "Done"},
        _INNER,
    ),
    MemberSource: Told(
        "Where this came from", "member_id",
        {"file_name": "File", "sheet": "Sheet", "row": "Row", "answered_at": "Answered", "imported_at": "Read"},
        _INNER | {"digest": "a checksum by which a row is known again"},
    ),
    CheckIn: Told("Check-ins sent to you", "member_id", {"sent_at": "Sent", "reminder": "Reminders"}, _INNER),
    Enquiry: Told(
        "Questions you asked", "member_id",
        {"received_at": "Received", "about": "About", "note": "Note", "nation": "Nation", "urgent": "Urgent",
         "signposted_to": "Sent to", "follow_up_on": "Ask again on", "request_id": "Came in",
         "answered_at": "Answered"},
        _INNER,
    ),
    MeetupInvitation: Told(
        "Meet-ups you were told of", "member_id",
        {"meetup_id": "Meet-up", "state": "Stands at", "invited_at": "Invited", "answered_at": "Answered",
         "waiting_since": "Waiting since", "reminded_on": "Reminded on", "told_on": "Told that it is off on"},
        _INNER,
    ),
    Attendance: Told(
        "Meet-ups you came to", "member_id",
        {"meetup_id": "Meet-up", "first_name": "Name given at the door"}, _INNER,
    ),
    RightsCase: Told(
        "Your requests about your data", "member_id", _RIGHTS, _INNER | {"requester_id": "told to requesters"}
    ),
}  # fmt: skip
"""Every table with a row about a member."""

TOLD_OF_REQUESTERS: dict[type[Base], Told] = {
    Requester: Told(
        "What is held on you",
        "id",
        {name: field.label for name, field in fields_of(Requester).items()} | {"created_at": "Recorded on"},
        {"id": "a number of the program's own"},
    ),
    Request: Told(
        "What you asked for", "requester_id",
        {"title": "Title", "kind": "Kind", "stage": "Stands at", "audience": "Audience", "deadline": "By",
         "brief": "As it was read", "received_at": "Received", "created_at": "Recorded",
         "source_name": "Read from"},
        _OF_REQUESTER | {
            "evidence": "where in your own message each fact stands",
            "message_id": "the number of your own message", "updates": "which of your own requests it carries on",
        },
    ),
    RequesterFact: Told(
        "What was noted of you", "requester_id",
        {"request_id": "Request", "kind": "Kind", "on_day": "On", "words": "Note", "recorded_at": "Recorded"},
        _OF_REQUESTER,
    ),
    RightsCase: Told(
        "Your requests about your data", "requester_id", _RIGHTS, _OF_REQUESTER | {"member_id": "told to members"},
    ),
}  # fmt: skip
"""Every table with a row about a requester."""
