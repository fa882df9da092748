"""Members: bring them in from any spreadsheet, tell who is who, list, find, edit and merge them."""

from matcher.directory.columns import ColumnGuess, Layout, recognise, targets
from matcher.directory.import_members import import_members
from matcher.directory.listing import MemberBrief, brief_members, members_touched
from matcher.directory.members import (
    FIELDS,
    Added,
    FieldChanged,
    MemberPage,
    MemberRow,
    PageField,
    Source,
    TookPart,
    add_member,
    edit_member,
    find_member,
    list_members,
    member_page,
)
from matcher.directory.merge import Merged, PossiblySame, merge_members, possible_duplicates, say_not_the_same
from matcher.directory.outcomes import (
    Decided,
    FieldChange,
    ImportPlan,
    ImportReport,
    Outcome,
    PlannedRow,
    RowToDecide,
    SameRow,
    SheetOffer,
    UnreadableRow,
)
from matcher.directory.plan import plan_import

__all__ = [
    "FIELDS",
    "Added",
    "ColumnGuess",
    "Decided",
    "FieldChange",
    "FieldChanged",
    "ImportPlan",
    "ImportReport",
    "Layout",
    "MemberBrief",
    "MemberPage",
    "MemberRow",
    "Merged",
    "Outcome",
    "PageField",
    "PlannedRow",
    "PossiblySame",
    "RowToDecide",
    "SameRow",
    "SheetOffer",
    "Source",
    "TookPart",
    "UnreadableRow",
    "add_member",
    "brief_members",
    "edit_member",
    "find_member",
    "import_members",
    "list_members",
    "member_page",
    "members_touched",
    "merge_members",
    "plan_import",
    "possible_duplicates",
    "recognise",
    "say_not_the_same",
    "targets",
]
