"""A list as the staff table of an instance, with notes about everything that was left out or guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from giliran.lists.grid import Grid
from giliran.lists.headings import heading_at, heading_of
from giliran.lists.leaving import remark_of
from giliran.lists.opening import LOOK, MOST_ROWS, MOST_TOLD, csv_grid, exported, people_in
from giliran.lists.positions import Read, given_rank, is_asn, read_position
from giliran.lists.rows import Left, Listed
from giliran.lists.staff import StaffList
from giliran.lists.units import LEVELS
from giliran.lists.workbooks import grids_in, is_workbook, unused_in
from giliran.messages import Said, Sentence, plain
from giliran.text import Table
from giliran.text.columns import TextColumn
from giliran.text.csv_reader import MAX_TABLE_BYTES, parse_table
from giliran.text.files import read_text
from giliran.text.tables import Sheet, letters

_MADE_OF = {"id": "nip", "rank": "echelon", "eselon": "echelon"}
"""Columns of the table that are made of others of a list."""
_READ = Sentence(
    en="{file} was read as a list of a personnel office: people {count}, the heading on line {line}",
    id="{file} dibaca sebagai daftar dari kepegawaian: {count} pegawai, judul pada baris {line}",
)
_LEFT = {
    Left.TITLE: Sentence(en="titles above it, lines {lines}", id="judul di atasnya, baris {lines}"),
    Left.HEADING: Sentence(
        en="headings that are repeated, and numbers of columns, lines {lines}", id="judul yang diulang dan nomor kolom, baris {lines}"
    ),
    Left.GROUP: Sentence(en="headings of groups, lines {lines}", id="judul kelompok, baris {lines}"),
    Left.SUM: Sentence(en="sums, lines {lines}", id="jumlah, baris {lines}"),
    Left.VACANT: Sentence(en="vacant posts, lines {lines}", id="jabatan lowong, baris {lines}"),
    Left.FURTHER: Sentence(en="further lines about a person, lines {lines}", id="baris tambahan tentang seorang pegawai, baris {lines}"),
    Left.BELOW: Sentence(en="what stands below the last person, lines {lines}", id="isi di bawah pegawai terakhir, baris {lines}"),
    Left.STRUCK: Sentence(en="rows that are struck through, lines {lines}", id="baris yang dicoret, baris {lines}"),
    Left.HIDDEN: Sentence(en="rows that are hidden, lines {lines}", id="baris tersembunyi, baris {lines}"),
}
_LEFT_OUT = Sentence(en="left out of {file}: {parts}", id="dilewati dari {file}: {parts}")
_MORE = Sentence(en="{count} more", id="{count} lagi")
_UNKNOWN = Sentence(en="columns that nothing reads: {columns}", id="kolom yang tidak dipakai: {columns}")
_DOWN = Sentence(
    en="people whose unit is left empty, put in that of the row above: {count}",
    id="pegawai yang unit kerjanya kosong, dianggap sama dengan baris di atasnya: {count}",
)
_UNREAD = Sentence(en="sheets that hold no list of people: {sheets}", id="lembar yang bukan daftar pegawai: {sheets}")
_GIVEN = Sentence(
    en="statuses taken from headings, because no column gives one: {statuses}",
    id="status diambil dari judul karena tidak ada kolomnya: {statuses}",
)
_MARKED = Sentence(
    en="people without an NIP, known here by marks made of their names: {count} ({marks})",
    id="pegawai tanpa NIP, dikenali dengan tanda dari namanya: {count} ({marks})",
)
_GUESSED = Sentence(
    en="smaller units whose division the list does not name, put where they stand in it: {units}; a column bidang decides otherwise",
    id="unit kerja kecil yang bidangnya tidak disebut, ditempatkan menurut urutan daftar: {units}; isi kolom bidang bila keliru",
)
_BELOW = Sentence(en="{small} below {mid}", id="{small} di bawah {mid}")
_ORPHANS = Sentence(
    en="smaller units whose division the list does not tell, so they stand in the agency itself: {units}; fill a column bidang",
    id="unit kerja kecil yang bidangnya tidak diketahui dari daftar, jadi langsung di bawah perangkat daerah: {units}; isi kolom bidang",
)
_AWAY = Sentence(
    en="people who are planned although a remark says that they may not be there: {people}; hide or strike out their rows if not",
    id="pegawai yang tetap dijadwalkan meski keterangannya menyebut lain: {people}; sembunyikan atau coret barisnya bila tidak dihitung",
)
_REMARK = Sentence(en="{name} (line {line}, {remark})", id="{name} (baris {line}, {remark})")
_MERGED = Sentence(
    en="people whose acting post stands in a row of its own, counted once: {people}",
    id="pegawai dengan baris tersendiri untuk jabatan Plt./Plh., dihitung satu kali: {people}",
)
_WHO = Sentence(en="{name} ({post})", id="{name} ({post})")
_RANKS = Sentence(
    en="ranks read from the position, because none is given: {count} ({ranks}); a column eselon or rank decides otherwise",
    id="kelompok jabatan dibaca dari nama jabatan karena tidak diisi: {count} ({ranks}); isi kolom eselon bila keliru",
)
_RANK = Sentence(en="{rank} {count}, such as {example}", id="{rank} {count}, misalnya {example}")
_ASKED = Sentence(en="positions that somebody should look at: {positions}", id="jabatan yang perlu diperiksa: {positions}")
_ASK = Sentence(en="{position} ({count}): {why}", id="{position} ({count}): {why}")
_NO_RANK = Sentence(
    en="positions of civil servants from which no rank can be read, left without one: {positions}",
    id="jabatan ASN yang kelompok jabatannya tidak dapat dibaca, dibiarkan kosong: {positions}",
)
_TIMES = Sentence(en="{position} ({count})", id="{position} ({count})")


def read_staff(path: Path, name: str, *, declared: bool) -> Table:
    """The staff table of a workbook or a CSV file, which is read once: a list as it was exported, or a table with headings on top.

    Parameters
    ----------
    name
        The file as messages call it.
    declared
        Whether units are declared elsewhere, so that the column of units names these.

    Raises
    ------
    InputError
        If the file cannot be read, or a workbook holds no staff list.
    """
    if is_workbook(name):
        grids: tuple[Grid, ...] = grids_in(path, name)
        unused = unused_in(path, name)
    else:
        text, encoding = read_text(path, MAX_TABLE_BYTES)
        if not exported(csv_grid(text[:LOOK])) or text.count("\n") > MOST_ROWS:
            return parse_table(text, str(path), encoding)
        grids, unused = (csv_grid(text),), ()
    found = people_in(grids, name, declared=declared)
    table = _table(found, name, min(heading.first for grid in grids if (heading := heading_of(grid)) is not None), grids)
    return replace(table, notes=(*unused, *table.notes), _sheet=_sheet(grids) if is_workbook(name) else None)


def _sheet(grids: Sequence[Grid]) -> Sheet | None:
    """Where the columns of a list stand in its only sheet, where they stay; None where the list goes over several."""
    read = [(grid, heading) for grid in grids if (heading := heading_of(grid)) is not None]
    if len(read) != 1:
        return None
    [(grid, heading)] = read
    further = (heading_at(grid.rows, k) for k in range(heading.last + 1, len(grid.rows)))
    if any(other is not None and other.columns != heading.columns for other in further):
        return Sheet(grid.name, {})
    shown = {column: letters(at) for column, at in heading.columns.items()}
    shown |= {made: shown[own] for made, own in _MADE_OF.items() if own in shown and made not in shown}
    return Sheet(grid.name, shown)


def _table(found: StaffList, file: str, heading: int, grids: Sequence[Grid]) -> Table:
    reads = [_position(person) for person in found.people]
    rows = [_cells(person, read, k, found) for k, (person, read) in enumerate(zip(found.people, reads, strict=True))]
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    cells = {name: TextColumn([row.get(name, "") for row in rows]) for name in columns}
    line = next((grid.rows[heading].line for grid in grids if heading < len(grid.rows)), 1)
    told = (*_told(found, Path(file).name), *_ranks(found.people, reads))
    notes = (_READ(file=Path(file).name, count=len(found.people), line=str(line)), *told) if told else ()
    return Table(file, columns, cells, tuple(person.line for person in found.people), notes=notes)


def _cells(person: Listed, read: Read | None, k: int, found: StaffList) -> dict[str, str]:
    """A row of the staff table: what the list says, and the rank that its position gives."""
    cells = {name: text for name, text in person.cells.items() if name not in ("echelon", "rank")}
    if found.places is not None:
        cells = {name: text for name, text in cells.items() if name not in (*LEVELS, "unit")}
        cells |= {level: unit for level, unit in zip(LEVELS, found.places.paths[k], strict=True) if unit}
    rank = given_rank(person.cells)
    if read is not None:
        rank = rank or read.rank
        cells |= {"head": "ya"} if read.head and "head" not in cells else {}
        cells |= {"tags": ";".join(filter(None, (cells.get("tags", ""), read.tag)))} if read.tag else {}
    return cells | ({"eselon": rank} if rank else {})


def _position(person: Listed) -> Read | None:
    """What the position of a civil servant tells; None where it is not asked."""
    position = person.cells.get("position", "")
    if not position or not is_asn(person.cells.get("status", ""), person.cells.get("nip", "")):
        return None
    return read_position(position)


def _told(found: StaffList, file: str) -> Iterator[Said]:
    parts = []
    several = len({row.sheet for row in found.skipped}) > 1
    for why, sentence in _LEFT.items():
        lines = [f"{row.sheet}!{row.line}" if row.sheet and several else str(row.line) for row in found.skipped if row.why is why]
        parts += [sentence(lines=_few(lines))] if lines else []
    if parts:
        yield _LEFT_OUT(file=file, parts=parts)
    if found.unread:
        yield _UNREAD(sheets=_few(found.unread))
    if found.given:
        yield _GIVEN(statuses=_few([_TIMES(position=plain(status), count=count) for status, count in found.given]))
    if found.down:
        yield _DOWN(count=found.down)
    if found.unknown:
        yield _UNKNOWN(columns=_few(found.unknown))
    if found.marked:
        yield _MARKED(count=len(found.marked), marks=_few(found.marked))
    away = [(person, remark) for person in found.people if (remark := remark_of(person)) is not None]
    if away:
        yield _AWAY(people=_few([_REMARK(name=plain(_name(p)), line=str(p.line), remark=plain(remark)) for p, remark in away]))
    if found.merged:
        yield _MERGED(people=_few([_WHO(name=plain(name), post=plain(post)) for name, post in found.merged]))
    if found.places is not None and found.places.guessed:
        yield _GUESSED(units=_few([_BELOW(small=plain(small), mid=plain(mid)) for small, mid in found.places.guessed]))
    if found.places is not None and found.places.orphans:
        yield _ORPHANS(units=_few(found.places.orphans))


def _ranks(people: Sequence[Listed], reads: Sequence[Read | None]) -> Iterator[Said]:
    given: dict[str, list[str]] = {}
    asked: dict[str, list[Said]] = {}
    lost: dict[str, int] = {}
    for person, read in zip(people, reads, strict=True):
        if read is None or given_rank(person.cells):
            continue
        position = person.cells["position"]
        if read.rank:
            given.setdefault(read.rank, []).append(position)
        if read.ask is not None:
            asked.setdefault(read.phrase, []).append(read.ask)
        elif not read.phrase:
            lost[position] = lost.get(position, 0) + 1
    if given:
        ranks: list[Said] = [_RANK(rank=rank, count=len(names), example=plain(names[0])) for rank, names in given.items()]
        yield _RANKS(count=sum(map(len, given.values())), ranks=ranks)
    if asked:
        yield _ASKED(positions=_few([_ASK(position=plain(phrase), count=len(said), why=said[0]) for phrase, said in asked.items()]))
    if lost:
        yield _NO_RANK(positions=_few([_TIMES(position=plain(position), count=count) for position, count in lost.items()]))


def _name(person: Listed) -> str:
    return person.cells.get("name") or person.cells["id"]


def _few(items: Iterable[str | Said]) -> Said:
    """The first few of some items, and how many there are besides."""
    listed = [item if isinstance(item, Said) else plain(item) for item in items]
    more = len(listed) - MOST_TOLD
    return plain([*listed[:MOST_TOLD], _MORE(count=more)] if more > 0 else listed)
