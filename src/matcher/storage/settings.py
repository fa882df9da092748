"""What she sets for her network, as one record."""

from dataclasses import dataclass, fields

from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.storage.keys import open_keys
from matcher.storage.store import Store, change_passphrase, reading
from matcher.storage.unit_of_work import put_setting, setting, work

NAMES = {
    "organisation": "organisation.name",
    "sender": "organisation.sender",
    "rest_after_ask_days": "rest.after_ask_days",
    "rest_after_part_days": "rest.after_part_days",
    "most_asks_a_year": "rest.most_a_year",
    "nudge_after_days": "outreach.nudge_after_days",
    "places_by_lot": "lists.by_lot",
}
"""Field of `Settings` -> the name it is kept under."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The network's name, who signs its messages, its rules of rest (days; asks a year) and of lists.

    ``nudge_after_days``: when somebody who does not answer may be asked once more.
    """

    organisation: str = ""
    sender: str = ""
    rest_after_ask_days: int = 21
    rest_after_part_days: int = 60
    most_asks_a_year: int = 8
    places_by_lot: int = 1
    nudge_after_days: int = 4


def settings_in(session: Session) -> Settings:
    """What is set, and the usual value of everything that is not."""
    usual = Settings()
    return Settings(
        **{
            field.name: setting(session, NAMES[field.name], getattr(usual, field.name))
            for field in fields(Settings)
        }
    )


def read_settings(store: Store) -> Settings:
    """`settings_in` a store."""
    with reading(store) as session:
        return settings_in(session)


def save_settings(store: Store, settings: Settings) -> int | None:
    """Keep what differs from before; return the step made, or None when nothing differs.

    Raises UserError when the organisation has no name or a number is out of bounds.
    """
    _check(settings)
    before = read_settings(store)
    with work(store, "change settings") as unit:
        for field, name in NAMES.items():
            value = getattr(settings, field)
            if value != getattr(before, field):
                put_setting(unit, name, value)
        unit.session.flush()
        return unit.batch_id if unit.has_written() else None


def replace_passphrase(store: Store, current: str, new: str) -> None:
    """Set a new passphrase; the recovery words stay valid.

    Raises WrongPassphraseError when ``current`` is neither the passphrase nor the recovery words.
    """
    open_keys(store.path, current)
    change_passphrase(store, new)


def _check(settings: Settings) -> None:
    if not settings.organisation.strip():
        raise UserError("The organisation has no name.", todo="Write its name.")
    days = (settings.rest_after_ask_days, settings.rest_after_part_days)
    if not all(0 <= number <= 730 for number in days):
        raise UserError("A rest can be 0 to 730 days.")
    if not 1 <= settings.nudge_after_days <= 60:
        raise UserError("Who does not answer can be asked again after 1 to 60 days.")
    if not 1 <= settings.most_asks_a_year <= 365:
        raise UserError("A member can be asked 1 to 365 times a year.")
    if not 0 <= settings.places_by_lot <= 20:
        raise UserError("From 0 to 20 places of a list can go by lot.")
