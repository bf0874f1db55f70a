"""Rows of the tables of an instance: which columns exist, and what they mean.

Tables may have a million rows and are read column by column; these models are not used to read them. They are the one list of columns
that readers and the JSON Schema share.
"""

from __future__ import annotations

from pydantic import Field

from giliran.domain.selection import Model, Words


class UnitRow(Model):
    """A unit; sector, tags and calendar hold for the units below it too."""

    id: str
    name: str = ""
    level: str = ""
    parent: str = ""
    sector: Words = ()
    tags: Words = ()
    calendar: str = ""


class PostingRow(Model):
    """What may change about a person."""

    unit: str = ""
    opd: str = ""
    bidang: str = ""
    seksi: str = ""
    also: str = ""
    rank: str = ""
    status: str = ""
    function: str = ""
    head: str = Field(default="", description="yes or no")
    calendar: str = ""
    team: str = ""
    tags: Words = ()
    workdays: Words = Field(default=(), description="weekdays worked by part-timers")


class StaffRow(PostingRow):
    """A person."""

    id: str
    nip: str = ""
    name: str = ""
    position: str = ""
    grade: str = ""
    phone: str = ""
    home_only: Words = Field(default=(), description="yes, or dates, ranges a..b and weekdays")
    office_only: Words = Field(default=(), description="yes, or dates, ranges a..b and weekdays")
    hired: str = Field(default="", description="first day of employment")
    left: str = Field(default="", description="last day of employment")


class ChangeRow(PostingRow):
    """A move or promotion: what is written changes from that day on, what is empty stays."""

    staff_id: str
    first: str = Field(alias="from")


class AbsenceRow(Model):
    """Days on which a person is away."""

    staff_id: str
    first: str = Field(alias="from")
    last: str = Field(default="", alias="to", description="last day; the first when empty")
    reason: str = ""


class WishRow(Model):
    """A wish for a date or for a weekday."""

    staff_id: str
    date: str = ""
    weekday: str = ""
    place: str
    weight: str = Field(default="1", description="a positive whole number")


class LedgerRow(Model):
    """What a person gave and was asked in an earlier period; or, with neither, an opening balance."""

    staff_id: str
    account: str = "office"
    period: str = ""
    burden: str = ""
    share: str = ""
    balance: str = ""
    last_called: str = ""


class PlanRow(Model):
    """A cell of a published plan."""

    staff_id: str
    date: str
    place: str
    duty: str = ""
    team: str = ""


class PinRow(Model):
    """A place, or a name for duty, that is fixed by hand."""

    staff_id: str
    date: str
    place: str = Field(default="", description="the office when empty beside a duty")
    duty: str = Field(default="", description="duty rules that the person is named for, joined by ;")
    reason: str = ""


ROWS = (UnitRow, StaffRow, ChangeRow, AbsenceRow, WishRow, LedgerRow, PlanRow, PinRow)
"""Every row model."""
