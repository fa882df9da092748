"""What follows from a correction: which requesters had the old value, and which files still show it.

It goes on the same list as what follows from a withdrawal (UK GDPR, article 19: whoever was given the old value is
told). The list and its messages name the kind of fact, never the old or the new value: what a requester is given
leaves only through the requester's sheet, which is checked and logged.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import select

from matcher.consent.aftermath import CORRECT, STALE, delete_words, labels, records_of
from matcher.model import FollowUp, Member, OutFile, Release
from matcher.storage import Unit

_IN_THE_WORKBOOK = frozenset({"first_name", "last_name", "phone", "email", "conditions_text"})
"""What the outreach workbook shows of a member."""
_UNKNOWN: tuple[object, ...] = (None, "", [])


def replaced(before: Mapping[str, object], after: Mapping[str, object]) -> frozenset[str]:
    """The fields of ``after`` that take the place of another value, rather than fill a gap."""
    return frozenset(
        name for name, value in after.items() if before[name] not in _UNKNOWN and before[name] != value
    )


def follow_corrections(unit: Unit, corrected: Mapping[int, Collection[str]]) -> None:
    """Write down whom to tell and which files are stale after fields of members were corrected.

    ``corrected``: member -> names of fields that took the place of another value. Part of the transaction that
    corrects them. What stands on the list already is not written down again.
    """
    wanted = {member_id: set(names) for member_id, names in corrected.items() if names}
    if not wanted:
        return
    unit.session.flush()
    releases = list(unit.session.scalars(select(Release).order_by(Release.id)))
    files = list(unit.session.scalars(select(OutFile).where(OutFile.state == "written").order_by(OutFile.id)))
    touched = {release.member_id for release in releases} | {one for out in files for one in out.members}
    heirs = unit.session.execute(select(Member.id, Member.merged_into).where(Member.merged_into.is_not(None)))
    touched |= {own for away, own in heirs if own is not None and away in touched}
    for member_id in wanted.keys() & touched:
        _follow(unit, member_id, wanted[member_id], releases, files)


def _follow(
    unit: Unit, member_id: int, names: set[str], releases: Collection[Release], files: Collection[OutFile]
) -> None:
    ids = records_of(unit.session, member_id)
    theirs = [release for release in releases if release.member_id in ids and names & set(release.shared_fields)]
    found = [*_to_tell(ids[0], theirs, names), *_stale(ids, theirs, names, files)]
    open_ones = select(FollowUp.about).where(FollowUp.member_id == ids[0], FollowUp.done_at.is_(None))
    noted = set(unit.session.scalars(open_ones))
    for one in found:
        if one.about not in noted:
            one.made_at = unit.now
            unit.session.add(one)


def _to_tell(own: int, theirs: Collection[Release], names: set[str]) -> Iterator[FollowUp]:
    for release in theirs:
        old = [name for name in release.shared_fields if name in names]
        yield FollowUp(
            member_id=own, kind=CORRECT, request_id=release.request_id, out_file_id=release.out_file_id,
            about=f"Tell {release.recipient} that what they were given on {release.at:%d %b %Y} has changed: "
            + labels(old),
        )  # fmt: skip


def _stale(
    ids: Sequence[int], theirs: Collection[Release], names: set[str], files: Collection[OutFile]
) -> Iterator[FollowUp]:
    shared = {release.out_file_id for release in theirs}
    for out in files:
        lists_her = out.kind == "outreach workbook" and not set(ids).isdisjoint(out.members)
        old = names & _IN_THE_WORKBOOK if lists_her else names if out.id in shared else frozenset()
        if old:
            yield FollowUp(
                member_id=ids[0], kind=STALE, request_id=out.request_id, out_file_id=out.id,
                about=f"{delete_words(out)}: it shows the old "
                + labels(sorted(old)),
            )  # fmt: skip
