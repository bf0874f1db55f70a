"""How many people a meeting may require to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from giliran.domain.facts import Meeting as Event
from giliran.messages import Percent, Said, Sentence
from giliran.text.numbers import WHOLE_SHARE

TOO_MANY = Sentence(
    en="{meeting}: required to come {required}, {over} too many ({share} × {size} → at most {limit})",
    id="{meeting}: wajib hadir {required} orang, lebih {over} ({share} × {size} → paling banyak {limit})",
)
SHORTEN = Sentence(
    en="Shorten the list of required people; the others may join by video.",
    id="Kurangi daftar yang wajib hadir; yang lain dapat mengikuti lewat konferensi video.",
)
NO_CAPACITY = Sentence(
    en="{meeting} has no `capacity`, but attendance is limited to a share of it",
    id="{meeting} tidak memiliki `capacity`, padahal kehadiran dibatasi menurut kapasitas ruangan",
)
GIVE_CAPACITY = Sentence(
    en="Give the seats of the room, or take the share `of: invited`.",
    id="Isi kapasitas ruangan, atau pakai `of: invited` (jumlah undangan).",
)
CAPACITY = Sentence(en="the room's capacity", id="kapasitas ruangan")
INVITED = Sentence(en="those invited", id="jumlah undangan")


class AttendanceOf(StrEnum):
    """What a share of attendance is taken of."""

    CAPACITY = "capacity"
    INVITED = "invited"

    @property
    def words(self) -> Said:
        """What it is, in words."""
        return CAPACITY() if self is AttendanceOf.CAPACITY else INVITED()

    def size(self, meeting: Event) -> int | None:
        """Seats or people of a meeting, None if unknown."""
        return meeting.capacity if self is AttendanceOf.CAPACITY else len(meeting.invited)


def too_many(meetings: Iterable[Event], share: int | None, of: AttendanceOf) -> Iterator[tuple[int, Said]]:
    """Meetings that require more people than a share (basis points) allows: by how many, in a sentence."""
    for meeting in meetings:
        size = of.size(meeting)
        if share is not None and size is not None:
            limit, required = share * size // WHOLE_SHARE, len(meeting.required)
            if required > limit:
                over = required - limit
                yield over, TOO_MANY(meeting=meeting.name, required=required, over=over, share=Percent(share), size=size, limit=limit)
