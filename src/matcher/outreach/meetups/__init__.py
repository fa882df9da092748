"""The network's own events: meet-ups and drop-ins, from the invitation to who came."""

from matcher.outreach.meetups.attending import (
    add_walk_ins,
    everybody_noted,
    note_came,
    remove_walk_in,
    sign_up_walk_in,
    walk_in_is,
)
from matcher.outreach.meetups.drafts import write_drafts
from matcher.outreach.meetups.inviting import Answered, answer, give_place, invite, take_answer_back
from matcher.outreach.meetups.listing import (
    MeetupPage,
    MeetupPart,
    MeetupPerson,
    MeetupRow,
    WalkIn,
    meetup_page,
    meetups,
    meetups_of,
)
from matcher.outreach.meetups.nearest import AN_HOUR, Invitee, Invitees, invitees, understood
from matcher.outreach.meetups.plan import (
    MeetupPlan,
    Planned,
    cancel_meetup,
    change_meetup,
    plan_meetup,
    plan_more_dates,
)
from matcher.outreach.meetups.sheets import day_sheet_html, day_sheet_names, save_calendar_file, save_day_sheet
from matcher.outreach.meetups.words import MeetupWord, call_for, note_sent, to_send, word_for

__all__ = [
    "AN_HOUR",
    "Answered",
    "Invitee",
    "Invitees",
    "MeetupPage",
    "MeetupPart",
    "MeetupPerson",
    "MeetupPlan",
    "MeetupRow",
    "MeetupWord",
    "Planned",
    "WalkIn",
    "add_walk_ins",
    "answer",
    "call_for",
    "cancel_meetup",
    "change_meetup",
    "day_sheet_html",
    "day_sheet_names",
    "everybody_noted",
    "give_place",
    "invite",
    "invitees",
    "meetup_page",
    "meetups",
    "meetups_of",
    "note_came",
    "note_sent",
    "plan_meetup",
    "plan_more_dates",
    "remove_walk_in",
    "save_calendar_file",
    "save_day_sheet",
    "sign_up_walk_in",
    "take_answer_back",
    "to_send",
    "understood",
    "walk_in_is",
    "word_for",
    "write_drafts",
]
