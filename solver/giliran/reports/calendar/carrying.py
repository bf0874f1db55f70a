"""Cancelled days of a calendar that is written over: they are said again, for whoever has not opened it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

_EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
_UID = re.compile(rb"^UID:(.*)\r$", re.MULTILINE)
_DAY = re.compile(rb"^DTSTART;VALUE=DATE:(\d{8})\r$", re.MULTILINE)
_CANCELLED, _END = b"\r\nSTATUS:CANCELLED\r\n", b"END:VCALENDAR"


def carried(new: bytes, old: bytes, days: Collection[dt.date]) -> bytes:
    """A calendar with what an older one of ours cancels on some days, as it stands there, where the new one says nothing of it."""
    known, wanted = {*_UID.findall(new)}, {day.strftime("%Y%m%d").encode() for day in days}
    lost = [event for event in _EVENT.findall(old) if _CANCELLED in event and not known & {*_UID.findall(event)}]
    kept = [event for event in lost if wanted & {*_DAY.findall(event)}]
    head, end, rest = new.rpartition(_END)
    return b"".join([head, *kept, end, rest]) if kept else new
