"""Rows of the tables of an instance: which columns exist, and what they mean.

Tables may have a million rows and are read column by column; these models are not used to read them. They are the one list of columns
that readers, the JSON Schema and the guide share; the page `columns` of the guide says the same of each, in every language.
"""

from __future__ import annotations

from pydantic import Field

from giliran.domain.selection import Model, Words


class UnitRow(Model):
    """A unit; sector, tags and calendar hold for the units below it too."""

    id: str = Field(description="any mark of the unit; other tables name it")
    name: str = Field(default="", description="its name; the id when empty")
    level: str = Field(default="", description="opd, sekretariat, bidang, seksi, uptd …, or a word of yours")
    parent: str = Field(default="", description="the unit above it")
    sector: Words = Field(default=(), description="words that letters select units by, such as essential")
    tags: Words = Field(default=(), description="words of yours, and those that letters ask for")
    calendar: str = Field(default="", description="a calendar of the section calendars")


class PostingRow(Model):
    """What may change about a person."""

    unit: str = Field(default="", description="an id of units, or a name")
    opd: str = Field(default="", description="agency; where no row names one, all are one agency under the title")
    bidang: str = Field(default="", description="division, inside the agency")
    seksi: str = Field(default="", description="smallest unit, inside the division")
    also: str = Field(default="", description="a second unit whose duty the person may do; counted only once")
    rank: str = Field(default="", description="a known rank or a word of yours; who has none is meant by no rule that selects by rank")
    status: str = Field(default="", description="a known status or a word of yours; rules may say asn or non_asn for all of a side")
    function: str = Field(default="", description="admin, service, field, or a word of yours")
    head: str = Field(default="", description="yes or no: whether the person leads the unit")
    calendar: str = Field(default="", description="another calendar than the unit's")
    team: str = Field(default="", description="the team of a rotation whose teams are given")
    tags: Words = Field(default=(), description="words of yours, such as bendahara")
    workdays: Words = Field(default=(), description="weekdays worked by part-timers")


class StaffRow(PostingRow):
    """A person."""

    id: str = Field(description="any mark; a nip does instead, and who has none gets a mark of their own there")
    nip: str = Field(default="", description="the number of a civil servant, as text; spaces do not matter")
    name: str = Field(default="", description="for readers")
    position: str = Field(default="", description="for readers")
    grade: str = Field(default="", description="for readers")
    phone: str = Field(default="", description="for readers")
    born: str = Field(default="", description="birth date, where rules ask for an age; else it is read from the NIP")
    home_only: Words = Field(default=(), description="yes, or dates, ranges a..b and weekdays: the office is ruled out")
    office_only: Words = Field(default=(), description="yes, or dates, ranges a..b and weekdays: the home is ruled out")
    hired: str = Field(default="", description="first day of employment")
    left: str = Field(default="", description="last day of employment")
    employed: Words = Field(default=(), description="spans a..b, a.. or ..b of employment, where somebody leaves and returns")


class ChangeRow(PostingRow):
    """A move or promotion: what is written changes from that day on, what is empty stays."""

    staff_id: str = Field(description="the person")
    first: str = Field(alias="from", description="first day on which it holds")


class AbsenceRow(Model):
    """Days on which a person is away."""

    staff_id: str = Field(description="the person")
    first: str = Field(alias="from", description="first day")
    last: str = Field(default="", alias="to", description="last day; the first when empty")
    reason: str = Field(default="", description="cuti, sakit, izin, dinas_luar, diklat, or a word of yours")


class WishRow(Model):
    """A wish for a date or for a weekday."""

    staff_id: str = Field(description="the person")
    date: str = Field(default="", description="the day; or a weekday instead")
    weekday: str = Field(default="", description="every such day of the plan")
    place: str = Field(description="office or home")
    weight: str = Field(default="1", description="a positive whole number")


class LedgerRow(Model):
    """What a person gave and was asked in an earlier period; or, with neither, an opening balance."""

    staff_id: str = Field(description="the person")
    account: str = Field(default="office", description="a goal's account, or a duty rule's")
    period: str = Field(default="", description="any name of the period, such as its first day")
    burden: str = Field(default="", description="days given")
    share: str = Field(default="", description="days that were the person's share")
    balance: str = Field(default="", description="days brought forward, where burden and share are empty")
    last_called: str = Field(default="", description="date of the last day that was asked, for readers")
    unit: str = Field(default="", description="the person's unit at the end of the period")


class PlanRow(Model):
    """A cell of a published plan."""

    staff_id: str = Field(description="the person")
    date: str = Field(description="the day")
    place: str = Field(description="office, home, absent or off")
    duty: str = Field(default="", description="duty rules that name the person that day, joined by ;")
    team: str = Field(default="", description="teams that were chosen, as rule=number")


class PinRow(Model):
    """A place, or a name for duty, that is fixed by hand."""

    staff_id: str = Field(description="the person")
    date: str = Field(description="the day")
    place: str = Field(default="", description="the office when empty beside a duty")
    duty: str = Field(default="", description="duty rules that the person is named for, joined by ;")
    reason: str = Field(default="", description="why, for whoever asks later")


PRINTED = ("no", "nip", "name", "unit", "opd", "bidang", "seksi", "position", "grade", "weekday", "note", "catatan", "keterangan")
"""Columns of a plan that stand there for readers; they say nothing about places."""

ROWS = (UnitRow, StaffRow, ChangeRow, AbsenceRow, WishRow, LedgerRow, PlanRow, PinRow)
"""Every row model."""
