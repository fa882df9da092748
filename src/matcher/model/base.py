"""What every mapped class shares: naming of constraints, instants in UTC, and the one definition of a field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """The declarative base; constraints are named so that migrations can find them."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        StrEnum: SqlEnum(
            StrEnum,
            native_enum=False,
            length=40,
            values_callable=lambda words: [word.value for word in words],
        )
    }
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC. A naive datetime is a bug and is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Export(StrEnum):
    """Where a field may ever be written."""

    NEVER = "never"
    OUTREACH = "outreach"
    REQUESTER = "requester"


@dataclass(frozen=True, slots=True)
class Field:
    """How a mapped column is named and handled everywhere: import, forms, subject report, export.

    ``label`` is what screens say; ``aliases`` are spreadsheet headers that mean it, lower case.
    """

    label: str
    personal: bool = True
    export: Export = Export.NEVER
    aliases: tuple[str, ...] = ()


def about(label: str, *aliases: str, personal: bool = True, export: Export = Export.NEVER) -> dict[str, Field]:
    """The ``info`` of a mapped column that people see."""
    return {"field": Field(label, personal, export, aliases)}


def fields_of(mapped: type[Base]) -> Mapping[str, Field]:
    """Column name -> Field of every column of a mapped class that people see, in the order of definition."""
    columns: Any = mapped.__table__.columns
    return {column.key: column.info["field"] for column in columns if "field" in column.info}
