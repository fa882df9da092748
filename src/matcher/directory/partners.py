"""Partners: the organisations that tell care workers of the network, and who came through which.

A member's “heard of us through” are her words. They point to a partner when they are its name, or one more spelling
of it: a record that was merged into the partner.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.knowledge.tables import fold, word_set
from matcher.model import Member, Partner, PartnerKind, fields_of
from matcher.storage import Store, Unit, put_setting, reading, setting, work

FIELDS = fields_of(Partner)
"""Every field of a partner that people see, in the order of the form."""

_NOT_A_PARTNER = "directory.not_a_partner"
_LONGEST_NAME = 120
_ALIKE = 84
_KINDS: Mapping[PartnerKind, frozenset[str]] = {
    PartnerKind.LIBRARY: word_set("library libraries llyfrgell"),
    PartnerKind.COUNCIL: word_set("council councils borough authority cyngor jobcentre"),
    PartnerKind.TRAINING: word_set("college training academy university school coleg skills"),
    PartnerKind.UNION: word_set("union unison gmb unite usdaw"),
    PartnerKind.CHARITY: word_set("charity trust foundation age mind citizens advice carers"),
    PartnerKind.COMMUNITY: word_set("community church mosque temple gurdwara centre association group hub"),
    PartnerKind.SECTOR: word_set("nhs care alliance forum federation network"),
}
"""A word in the name that tells the kind of partner."""
_GENERIC = frozenset().union(*_KINDS.values()) | word_set("the a my our local at in of city central")


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner; ``members`` came through it, ``spellings`` are the other ways its name was written."""

    id: int
    name: str
    kind: PartnerKind
    place: str
    contact: str
    note: str
    members: int
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeardWords:
    """What members say they heard of the network through, and which points to no partner.

    ``may_be`` is the partner whose name is much like it, None when there is none.
    """

    words: str
    members: int
    may_be: int | None = None


@dataclass(frozen=True, slots=True)
class Partners:
    """Every partner by name, and the words that point to none, the most frequent first."""

    partners: tuple[PartnerRow, ...]
    words: tuple[HeardWords, ...]


@dataclass(frozen=True, slots=True)
class PartnerChanged:
    """A partner that was added, changed or merged, how many members point to it anew, and the step to undo."""

    id: int
    linked: int
    batch: int


def list_partners(store: Store) -> Partners:
    """Every partner with how many members came through it, and what members said besides."""
    with reading(store) as session:
        rows = _rows(session)
        said = session.execute(
            select(Member.heard_via, func.count())
            .where(Member.is_live(), Member.heard_via.is_not(None), Member.partner_id.is_(None))
            .group_by(Member.heard_via)
        ).all()
        refused = _refused(session)
    unknown = _unknown(((words, count) for words, count in said if words), rows, refused)
    return Partners(rows, unknown)


def _rows(session: Session) -> tuple[PartnerRow, ...]:
    counted = select(Member.partner_id, func.count()).where(Member.is_live()).group_by(Member.partner_id)
    came = {row[0]: row[1] for row in session.execute(counted)}
    records = session.scalars(select(Partner)).all()
    heirs, also = partner_names(session), defaultdict[int, list[str]](list)
    for record in records:
        if record.merged_into is not None:
            also[heirs[fold(record.name)]].append(record.name)
    rows = (
        PartnerRow(r.id, r.name, r.kind, r.place, r.contact, r.note, came.get(r.id, 0), tuple(sorted(also[r.id])))
        for r in records
        if r.merged_into is None
    )
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


_Refused = Collection[tuple[str, int | None]]


def _refused(session: Session) -> _Refused:
    """Words that were said to be no partner (None), or not this one."""
    return {(words, partner) for words, partner in setting(session, _NOT_A_PARTNER, [])}


def like_partners(session: Session, words: Collection[str]) -> tuple[dict[int, str], dict[str, int]]:
    """The name of every partner, and for folded words the partner they are much like, unless that was denied."""
    rows, refused = _rows(session), _refused(session)
    near = {key: found for key in words if (found := _near(key, rows, refused)) is not None}
    return {row.id: row.name for row in rows}, near


def _near(key: str, rows: Sequence[PartnerRow], refused: _Refused) -> int | None:
    if (key, None) in refused:
        return None
    return next((row.id for row in rows if (key, row.id) not in refused and is_like(key, row)), None)


def _unknown(
    said: Iterable[tuple[str, int]], rows: Sequence[PartnerRow], refused: _Refused
) -> tuple[HeardWords, ...]:
    many, shown = Counter[str](), dict[str, str]()
    for words, count in said:
        many[fold(words)] += count
        shown.setdefault(fold(words), words)
    found = []
    for key, count in many.items():
        if key and (key, None) not in refused:
            found.append(HeardWords(shown[key], count, _near(key, rows, refused)))
    return tuple(sorted(found, key=lambda one: (one.may_be is None, -one.members, one.words.casefold())))


def is_like(words: str, partner: PartnerRow) -> bool:
    """Whether folded words are much like a partner's name, or part of it that no other kind of place shares."""
    return any(_alike(words, fold(name)) for name in (partner.name, *partner.spellings))


def _alike(words: str, name: str) -> bool:
    if max(fuzz.ratio(words, name), fuzz.token_sort_ratio(words, name)) >= _ALIKE:
        return True
    own, telling = set(words.split()), set(words.split()) - _GENERIC
    return bool(telling) and own <= set(name.split())


def partner_names(session: Session) -> dict[str, int]:
    """Every name and spelling of a partner, folded -> the partner that it stands for."""
    rows = session.execute(select(Partner.id, Partner.name, Partner.merged_into)).all()
    heirs = {row.id: row.merged_into for row in rows}

    def heir(partner_id: int) -> int:
        while (further := heirs.get(partner_id)) is not None:
            partner_id = further
        return partner_id

    return {fold(row.name): heir(row.id) for row in rows}


def came_through(session: Session, values: Mapping[str, Any]) -> dict[str, int | None]:
    """The partner that goes with newly written words, or none; nothing when no words are written."""
    if "heard_via" not in values:
        return {}
    return {"partner_id": partner_names(session).get(fold(values["heard_via"] or ""))}


def find_partner(store: Store, partner: int | str) -> int:
    """The id of a partner, from an id, “P3”, or a name or spelling. Raises UserError when there is none."""
    text = str(partner).strip()
    bare = text[1:] if text[:1] in "Pp" else text
    with reading(store) as session:
        names = partner_names(session)
    found = int(bare) if bare.isdigit() and int(bare) in names.values() else names.get(fold(text))
    if found is None:
        raise UserError(f"There is no partner “{text}”.", todo="Look for it with: matcher partners")
    return found


def add_partner(store: Store, values: Mapping[str, str]) -> PartnerChanged:
    """Add a partner; members whose words are its name point to it from now on.

    Without a kind it is told from the name. Raises UserError when there is no name, or one of that name.
    """
    with work(store, "add a partner") as unit:
        read = _validated(unit.session, values, None)
        kind = read.pop("kind", None) or _kind_of(read.get("name", ""))
        partner = Partner(**read, kind=kind, created_at=unit.now)
        unit.session.add(partner)
        unit.session.flush()
        return PartnerChanged(partner.id, _link(unit, partner.id, {fold(partner.name)}), unit.batch_id)


def edit_partner(store: Store, partner_id: int, values: Mapping[str, str]) -> PartnerChanged:
    """Change fields of a partner; under a new name the old one stays as a spelling.

    Raises UserError when a value cannot be, or there is no such partner.
    """
    with work(store, "edit a partner") as unit:
        partner = _partner(unit, partner_id)
        read = _validated(unit.session, values, partner)
        before = partner.name
        for name, value in read.items():
            setattr(partner, name, value)
        unit.session.flush()
        if fold(before) != fold(partner.name):
            _spell(unit, before, partner)
        return PartnerChanged(partner_id, _link(unit, partner_id, {fold(partner.name)}), unit.batch_id)


def merge_partners(store: Store, keep: int, away: int) -> PartnerChanged:
    """Let ``keep`` stand for ``away``: its members come over, its name stays as a spelling, blanks are filled.

    Raises UserError when they are one already, or there is no such partner.
    """
    with work(store, "merge partners") as unit:
        if keep == away:
            raise UserError("A partner cannot be merged with itself.", todo="Choose two different ones.")
        kept, gone = _partner(unit, keep), _partner(unit, away)
        for name in ("place", "contact", "note"):
            if not getattr(kept, name):
                setattr(kept, name, getattr(gone, name))
        gone.merged_into = keep
        members = unit.session.scalars(select(Member).where(Member.partner_id == away)).all()
        for member in members:
            member.partner_id = keep
        return PartnerChanged(keep, len(members), unit.batch_id)


def link_words(store: Store, words: str, partner_id: int) -> PartnerChanged:
    """Remember that these words are one more spelling of a partner, and let the members who said so point to it."""
    with work(store, "link words to a partner") as unit:
        partner = _partner(unit, partner_id)
        return PartnerChanged(partner.id, spell_partner(unit, words, partner_id), unit.batch_id)


def leave_words(store: Store, words: str, partner_id: int | None = None) -> int:
    """Remember that these words are not this partner, or no partner at all; return the step, to undo."""
    with work(store, "note words that are no partner") as unit:
        put_setting(unit, _NOT_A_PARTNER, [*setting(unit.session, _NOT_A_PARTNER, []), [fold(words), partner_id]])
        return unit.batch_id


def spell_partner(unit: Unit, words: str, partner_id: int) -> int:
    """Keep words as one more spelling of a partner; return how many members point to it now who said them."""
    if fold(words) not in partner_names(unit.session):
        _spell(unit, words, _partner(unit, partner_id))
    return _link(unit, partner_id, {fold(words)})


def _spell(unit: Unit, words: str, partner: Partner) -> None:
    unit.session.add(Partner(name=words.strip(), kind=partner.kind, merged_into=partner.id, created_at=unit.now))
    unit.session.flush()


def _link(unit: Unit, partner_id: int, keys: set[str]) -> int:
    """Let everybody whose words fold to one of these point to a partner; return how many."""
    said = unit.session.execute(
        select(Member.heard_via).where(Member.heard_via.is_not(None), Member.partner_id.is_(None)).distinct()
    ).scalars()
    words = [one for one in said if fold(one or "") in keys]
    theirs = select(Member).where(Member.heard_via.in_(words), Member.partner_id.is_(None))
    members = unit.session.scalars(theirs).all()
    for member in members:
        member.partner_id = partner_id
    unit.session.flush()
    return len(members)


def _partner(unit: Unit, partner_id: int) -> Partner:
    found = unit.session.get(Partner, partner_id)
    if found is None or found.merged_into is not None:
        raise UserError(f"There is no partner P{partner_id}.", todo="Look for it among the partners.")
    return found


def _validated(session: Session, values: Mapping[str, str], partner: Partner | None) -> dict[str, str]:
    read = {}
    for name, typed in values.items():
        if name not in FIELDS:
            raise UserError(f"There is no field “{name}”.", todo=f"The fields are: {', '.join(FIELDS)}.")
        read[name] = " ".join(typed.split()) if name != "note" else typed.strip()
    if partner is None or "name" in read:
        _check_name(session, read.get("name", ""), partner)
    if read.get("kind") and read["kind"] not in set(PartnerKind):
        kinds = ", ".join(PartnerKind)
        raise UserError(f"“{read['kind']}” is no kind of partner.", where="kind", todo=f"The kinds are: {kinds}.")
    return read


def _check_name(session: Session, name: str, partner: Partner | None) -> None:
    if not fold(name):
        raise UserError("A partner needs a name.", where="name", todo="Such as: Ilkeston Library.")
    if len(name) > _LONGEST_NAME:
        raise UserError(f"This name is longer than {_LONGEST_NAME} letters.", where="name", todo="Shorten it.")
    known = partner_names(session).get(fold(name))
    if known is not None and (partner is None or known != partner.id):
        raise UserError(
            "There is a partner of this name already.", where="name", todo="Merge the two, or change one."
        )


def _kind_of(name: str) -> PartnerKind:
    """The kind that the name tells."""
    words = set(fold(name).split())
    return next((kind for kind, telling in _KINDS.items() if words & telling), PartnerKind.OTHER)
