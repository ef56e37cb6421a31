"""Gives out public references, each authority's in its own writing, without a gap and none twice."""

from datetime import date

from sqlalchemy import bindparam, update

from services.intake.models import reference_counter
from shared.chassis.database import insert_new
from shared.chassis.uow import UnitOfWork
from shared.contracts.authorities import Authority
from shared.contracts.values import Reference

_COLUMNS = reference_counter.c
_COUNT = (  # built once: every request that comes in needs it
    update(reference_counter)
    .where(_COLUMNS.series == bindparam("of_series"), _COLUMNS.year == bindparam("of_year"))
    .values(last=_COLUMNS.last + 1)
    .returning(_COLUMNS.last)
)


def next_reference(uow: UnitOfWork, authority: Authority, received_on: date) -> Reference:
    """The next reference of the authority's series. Whoever asks at the same time waits until this unit of work
    ends, so that a number is used exactly when its case is kept."""
    year = authority.reference_year(received_on)
    row = {"of_series": authority.series, "of_year": year}
    number = uow.connection.execute(_COUNT, row).scalar()
    if number is None:  # the first of its year: after the last number from before Candour
        last = authority.last_numbers.get(str(year), 0)
        first = {"series": authority.series, "year": year, "last": last}
        insert_new(uow.connection, reference_counter, [first], _COLUMNS.year)
        number = uow.connection.execute(_COUNT, row).scalar_one()
    return authority.write_reference(year, number)
