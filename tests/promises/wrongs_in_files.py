"""What a spreadsheet must not bring about: a yes that she did not say, or a no that is forgotten."""

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tests.promises.weaken import Scene, Weaken, all_of, put

from matcher.consent import (
    form_answers,
)
from matcher.directory import import_members as bring_in
from matcher.directory import list_members, plan_import
from matcher.model import (
    Purpose,
    State,
)

if TYPE_CHECKING:
    from tests.conftest import Network

_undo, _rows, _import, _consent_undo, _said, _taken = (
    import_module(f"matcher.{name}")
    for name in (
        "storage.undo",
        "directory.importing.rows",
        "directory.importing.import_members",
        "consent.undo",
        "directory.importing.permissions",
        "directory.importing.taken_back",
    )
)
_NOTHING, _ANYTHING = re.compile("(?!)"), re.compile("(?s).*")
_UNWEIGHED = all_of(
    put(_taken.TakenBack, "doubted", lambda *_: ""), put(_taken.TakenBack, "not_understood", lambda *_: "")
)
"""Whatever a rule of its own takes back, a remark that is weighed would make doubtful."""
MEDIA = Purpose.MEDIA


def brought_in(network: "Network", folder: Path, *rows: str) -> dict[Purpose, State]:
    path = folder / "list.csv"
    path.write_text("\n".join(["Timestamp,First name,Email,Happy to talk to journalists?,Notes,Conditions", *rows]))
    bring_in(network.store, plan_import(network.store, path))
    return {} if not (found := list_members(network.store)) else dict(found[0].consent)


def a_yes_over_leave_me_out(network: "Network", folder: Path) -> bool:
    said = brought_in(network, folder, "01/11/2026 09:00,Ada,ada@example.org,Yes,,please take me off your list")
    return said.get(MEDIA) is State.GIVEN


def a_yes_over_a_note_that_she_left(network: "Network", folder: Path) -> bool:
    said = brought_in(network, folder, "01/11/2026 09:00,Ada,ada@example.org,Yes,rang - asked to be removed 3/9")
    return said.get(MEDIA) is State.GIVEN


def yes_beside(network: "Network", folder: Path, header: str, cell: str, name: str = "Ada Lee") -> bool:
    """Whether somebody of a sheet has a yes, although this stands beside it."""
    path = folder / "list.csv"
    path.write_text(f"Name,Email,OK for media?,{header}\n{name},ada@example.org,Yes,{cell}")
    bring_in(network.store, plan_import(network.store, path))
    return dict(list_members(network.store)[0].consent).get(MEDIA) is State.GIVEN


def a_yes_of_somebody_on_hold(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Status", "on hold")


def a_yes_of_somebody_not_active(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Active?", "No")


def a_yes_beside_the_day_it_was_taken_back(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Consent withdrawn on", "14/02/2026")


def a_yes_that_ran_out(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Consent expires", "31/12/2025")


def a_yes_not_given_again(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Re-consented 2025?", "no reply")


def a_yes_under_a_mark_in_her_name(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Town", "Derby", "Ada Lee (do not contact)")


def a_yes_beside_a_remark(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Jottings", "said enough is enough")


def a_yes_beside_what_was_not_understood(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Jottings", "popped her clogs in the spring")


def a_yes_over_a_tag(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Tags", "no media")


def a_wrong_date_over_a_no_in_one_file(network: "Network", folder: Path) -> bool:
    rows = ("01/11/2031 09:00,Ada,ada@example.org,Yes,", "02/11/2026 09:00,Ada,ada@example.org,No,")
    return brought_in(network, folder, *rows).get(MEDIA) is not State.REFUSED


def a_no_under_a_wrong_date_forgotten(network: "Network", folder: Path) -> bool:
    rows = ("01/11/2026 09:00,Ada,ada@example.org,Yes,", "02/11/2031 09:00,Ada,ada@example.org,No,")
    return brought_in(network, folder, *rows).get(MEDIA) is not State.REFUSED


def an_undated_list_lifting_a_no(network: "Network", folder: Path) -> bool:
    brought_in(network, folder, "02/11/2026 09:00,Ada,ada@example.org,No,")
    return brought_in(network, folder, ",Ada,ada@example.org,Yes,later").get(MEDIA) is not State.REFUSED


def somebody_who_said_no_forgotten_by_undo(network: "Network", folder: Path) -> bool:
    brought_in(network, folder, "02/11/2026 09:00,Ada,ada@example.org,No,")
    _consent_undo.undo(network.store)
    return not list_members(network.store)


IN_FILES: dict[Scene, Weaken] = {
    a_yes_over_leave_me_out: put(_taken, "leaves", lambda _text: False),
    a_yes_over_a_note_that_she_left: all_of(put(_taken, "noted_as_left", lambda _text: False), _UNWEIGHED),
    a_yes_of_somebody_on_hold: all_of(put(_taken, "not_now", lambda _text: False), _UNWEIGHED),
    a_yes_of_somebody_not_active: all_of(put(_taken, "_ACTIVE", _NOTHING), _UNWEIGHED),
    a_yes_that_ran_out: all_of(put(_taken, "_UNTIL", _NOTHING), _UNWEIGHED),
    a_yes_not_given_again: all_of(put(_taken, "_AGAIN", _NOTHING), _UNWEIGHED),
    a_yes_beside_a_remark: _UNWEIGHED,
    a_yes_beside_what_was_not_understood: put(_taken.TakenBack, "not_understood", lambda *_: ""),
    a_yes_under_a_mark_in_her_name: put(_taken, "_marks", lambda _name: []),
    a_yes_over_a_tag: all_of(put(_taken, "_NO_TO", _NOTHING), _UNWEIGHED),
    a_yes_beside_the_day_it_was_taken_back: put(_said, "_NOT_SO", _ANYTHING),
    a_wrong_date_over_a_no_in_one_file: put(_rows, "is_plausible", lambda *_: True),
    a_no_under_a_wrong_date_forgotten: put(_import, "last_word", lambda person: person.answers[-1]),
    an_undated_list_lifting_a_no: put(form_answers, "_lifts_unproven", lambda *_, **__: False),
    somebody_who_said_no_forgotten_by_undo: put(_undo, "_said_no", lambda *_: False),
}
"""What must not happen -> how to take away the rule that keeps it from happening."""
