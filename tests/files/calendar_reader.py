"""A reader of calendars after RFC 5545, which knows nothing of the package that writes them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_LINE = re.compile(rb"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(.*)", re.DOTALL)
_ESCAPED = {"\\": "\\", ";": ";", ",": ",", "n": "\n", "N": "\n"}
_WIDEST = 75
"""Octets of a line without its end."""


@dataclass(frozen=True)
class ReadEvent:
    """What an event says."""

    uid: str
    summary: str
    first: dt.date
    end: dt.date
    sequence: int
    status: str
    stamp: str


@dataclass(frozen=True)
class ReadCalendar:
    """What a calendar says of itself, and its events."""

    head: dict[str, str]
    events: list[ReadEvent]


def read_calendar(raw: bytes) -> ReadCalendar:
    """The calendar of a file; fails where it breaks the grammar."""
    assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
    lines = raw[:-2].split(b"\r\n")
    assert all(len(line) <= _WIDEST for line in lines)
    whole: list[bytes] = []
    for line in lines:
        if line[:1] in (b" ", b"\t"):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return _calendar([_parsed(line) for line in whole])


def _parsed(line: bytes) -> tuple[str, str, str]:
    found = _LINE.fullmatch(line)
    assert found is not None, line
    name, parameters, value = (part.decode("utf-8") for part in found.groups())
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value)
    return name.upper(), parameters, value


def _calendar(lines: list[tuple[str, str, str]]) -> ReadCalendar:
    assert lines[0][::2] == ("BEGIN", "VCALENDAR") and lines[-1][::2] == ("END", "VCALENDAR")
    head: dict[str, str] = {}
    events: list[ReadEvent] = []
    inner: dict[str, str] | None = None
    for name, parameters, value in lines[1:-1]:
        if (name, value) == ("BEGIN", "VEVENT"):
            assert inner is None
            inner = {}
        elif (name, value) == ("END", "VEVENT"):
            assert inner is not None
            events.append(_event(inner))
            inner = None
        elif inner is None:
            assert name not in head
            head[name] = _text(value)
        else:
            assert name not in inner
            inner[name] = value
            assert (parameters == ";VALUE=DATE") == (name in ("DTSTART", "DTEND"))
    assert inner is None
    return ReadCalendar(head, events)


def _event(lines: dict[str, str]) -> ReadEvent:
    assert re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", lines["DTSTAMP"])
    first, end = (dt.datetime.strptime(lines[name], "%Y%m%d").replace(tzinfo=dt.UTC).date() for name in ("DTSTART", "DTEND"))
    return ReadEvent(_text(lines["UID"]), _text(lines["SUMMARY"]), first, end, int(lines["SEQUENCE"]), lines["STATUS"], lines["DTSTAMP"])


def _text(value: str) -> str:
    assert not {";", ",", "\\"} & {*re.sub(r"\\[\\;,nN]", "", value)}, value
    return re.sub(r"\\(.)", lambda found: _ESCAPED[found[1]], value)
