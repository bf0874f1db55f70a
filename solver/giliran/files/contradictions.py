"""What a result says about itself, held against the audit of its schedule, and its numbers against each other.

Only what can be known without a search is looked at: a bound that is merely too low, or the seconds of a search, nobody can judge who did
not search.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from giliran.audit import Audit
from giliran.domain.facts import Facts
from giliran.domain.finding import Told
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Model
from giliran.domain.status import Status
from giliran.files.claimed_shares import wrong_shares
from giliran.files.opening import Claimed
from giliran.messages import Lang, Said, Sentence, found_text
from giliran.records.changes import ChangesRecord
from giliran.records.chosen import DutyRecord, MeetingRecord, TeamRecord
from giliran.records.sentences import Sentences
from giliran.text import Value

MOST_TOLD = 5
"""Contradictions of one key that people are told one by one; programs get all of them."""

_BOUND = Sentence(
    en="{tier}: the file says that no plan costs less than {bound}, but its own costs {value}",
    id="{tier}: menurut berkas ini tidak ada jadwal yang bernilai kurang dari {bound}, padahal jadwalnya sendiri bernilai {value}",
)
_PROVEN = Sentence(
    en="{tier}: the file says that it is proven, with a value of {value} and a bound of {bound}",
    id="{tier}: menurut berkas ini terbukti, padahal nilainya {value} dan batasnya {bound}",
)
_BY_PARTS = Sentence(
    en="{tier}: the file leaves {total} unproven, what it lists adds up to {parts}",
    id="{tier}: menurut berkas ini {total} belum terbukti, padahal jumlah rinciannya {parts}",
)
_NO_STATUS = Sentence(
    en="the file says that it ended as {said}, which is none of {known}",
    id="menurut berkas ini hasilnya {said}, padahal yang ada hanya {known}",
)
_STATUS_OF_PARTS = Sentence(
    en="the file says that it ended as {said}, by what it lists it is {found}",
    id="menurut berkas ini hasilnya {said}, padahal menurut rinciannya {found}",
)
_NOT_OPTIMAL = Sentence(
    en="the file says that it is optimal, but {tier} is not proven in it",
    id="menurut berkas ini hasilnya optimal, padahal {tier} belum terbukti di dalamnya",
)
_NOT_WHOLE = Sentence(
    en="the file says that it is {said}, but {count} {count:person-day has|person-days have} no place in it",
    id="menurut berkas ini hasilnya {said}, padahal {count} orang-hari belum mendapat tempat di dalamnya",
)
_SEED = Sentence(
    en="the file says that its seed is {said}, its certificate says {found}",
    id="menurut berkas ini kunci undiannya {said}, padahal menurut sertifikatnya {found}",
)
_HORIZON = Sentence(
    en="the file says that its first and last day are {said}, those of the instance are {found}",
    id="menurut berkas ini hari pertama dan terakhirnya {said}, padahal menurut berkas masukan {found}",
)
_CHANGES = Sentence(
    en="the file tells other changes against the published plan than its schedule makes",
    id="berkas ini memuat perubahan terhadap jadwal yang sudah ditetapkan yang berbeda dari perubahan dalam jadwalnya",
)
_MEETINGS = Sentence(
    en="the file tells other days of meetings than its schedule has", id="berkas ini memuat hari rapat yang berbeda dari jadwalnya"
)
_TEAMS = Sentence(en="the file tells other teams than its schedule has", id="berkas ini memuat tim yang berbeda dari jadwalnya")
_DUTY = Sentence(
    en="the file tells other names for duty than its schedule has", id="berkas ini memuat petugas piket yang berbeda dari jadwalnya"
)
_FINDING = Sentence(en="the file does not tell, or tells otherwise: {said}", id="berkas ini tidak memuat, atau memuat lain: {said}")
_NO_LIST = Sentence(en="the file does not tell {key} as a list of records", id="berkas ini tidak memuat {key} sebagai daftar catatan")
_MORE = Sentence(en="and {count} more of {key}", id="dan {count} lagi tentang {key}")

_LISTS = ("tiers", "parts", "findings")
"""Keys of lists of records; those of fair shares are told by goal and person."""

_PLANNED = (Status.OPTIMAL, Status.FEASIBLE)
_FIRST = (Status.INFEASIBLE, Status.UNKNOWN, Status.FEASIBLE, Status.OPTIMAL)
"""Of parts that ended differently the first one of these stands for all."""


@dataclass(frozen=True)
class Contradiction:
    """Something that a result says and that is not so: under which key, in a sentence."""

    key: str
    said: Said


class ContradictionRecord(Model):
    """Something that a result says under a key and that is not so."""

    key: str
    sentence: str
    sentences: Sentences

    @classmethod
    def of(cls, contradiction: Contradiction, lang: Lang) -> ContradictionRecord:
        """The record of a contradiction."""
        said = contradiction.said
        return cls(key=contradiction.key, sentence=said.text(lang), sentences=Sentences.of(said))


def contradictions(claimed: Claimed, facts: Facts, schedule: Schedule, found: Audit, own: str) -> tuple[Contradiction, ...]:
    """Everything that a result says and that is not so; what its tiers cost is told by `disagreements`.

    Parameters
    ----------
    own
        The version of giliran: which findings there are may differ between versions.
    """
    data = claimed.data
    told: dict[str, Iterator[Said]] = {
        "status": _status(data, facts, schedule),
        "seed": _seed(data),
        "tiers": _bounds(_tiers(data.get("tiers"))),
        "parts": _parts(data),
    }
    if "horizon" in data:
        told["horizon"] = _horizon(data["horizon"], facts)
    if "changes" in data:
        told["changes"] = _changes(data["changes"], facts, found)
    told |= _choices(data, found)
    if "fairness" in data:
        told["fairness"] = wrong_shares(data["fairness"], found.fairness, facts, schedule)
    if "findings" in data and claimed.made_by == own:
        told["findings"] = _findings(data["findings"], facts, found)
    misshapen = [Contradiction(key, _NO_LIST(key=key)) for key in _LISTS if key in data and not _is_list(data[key])]
    return (*misshapen, *(Contradiction(key, each) for key, said in told.items() for each in said))


def in_short(wrong: Iterable[Contradiction]) -> Iterator[Said]:
    """The first ones of every key, and how many more there are."""
    by_key: dict[str, list[Said]] = {}
    for each in wrong:
        by_key.setdefault(each.key, []).append(each.said)
    for key, said in by_key.items():
        yield from said[:MOST_TOLD]
        if len(said) > MOST_TOLD:
            yield _MORE(count=len(said) - MOST_TOLD, key=key)


def _status(data: Mapping[str, Value], facts: Facts, schedule: Schedule) -> Iterator[Said]:
    if "status" not in data:
        return
    said = data["status"]
    if said not in [*Status]:
        yield _NO_STATUS(said=found_text(said), known=[*Status])
        return
    parts = [part.get("status") for part in _records(data.get("parts"))]
    bent = data.get("bends") is not None and said == Status.INFEASIBLE  # parts of a plan that bends rules have plans
    ended = None if bent else next((status for status in _FIRST if status in parts), None)
    if ended is not None and ended != said:
        yield _STATUS_OF_PARTS(said=said, found=ended)
    count = int(schedule.unplaced(facts).sum()) if said in _PLANNED else 0
    if count:
        yield _NOT_WHOLE(said=said, count=count)
    if said == Status.OPTIMAL:
        yield from (_NOT_OPTIMAL(tier=name) for name, tier in _tiers(data.get("tiers")).items() if tier.get("proven") is False)


def _seed(data: Mapping[str, Value]) -> Iterator[Said]:
    certificate = data.get("certificate")
    if isinstance(certificate, dict) and certificate.get("seed") != data.get("seed"):
        yield _SEED(said=found_text(data.get("seed")), found=found_text(certificate.get("seed")))


def _horizon(claimed: Value, facts: Facts) -> Iterator[Said]:
    """Its first and last day, which ledgers are dated by."""
    found = [str(facts.dates[0]), str(facts.dates[-1])]
    if claimed != found:
        said = claimed if isinstance(claimed, list) else [claimed]
        yield _HORIZON(said=[found_text(day) for day in said], found=found)


def _bounds(tiers: Mapping[str, Mapping[str, Value]]) -> Iterator[Said]:
    """Tiers whose own numbers cannot be."""
    for name, tier in tiers.items():
        value, bound = tier.get("value"), tier.get("bound")
        if not isinstance(value, int) or not isinstance(bound, int):
            continue
        if bound > value:
            yield _BOUND(tier=name, value=value, bound=bound)
        elif tier.get("proven") is True and (bound < value or tier.get("conditional") is True):
            yield _PROVEN(tier=name, value=value, bound=bound)


def _parts(data: Mapping[str, Value]) -> Iterator[Said]:
    """What parts leave unproven is what the plan does, tier by tier."""
    parts = [_tiers(part.get("tiers")) for part in _records(data.get("parts"))]
    for tiers in parts:
        yield from _bounds(tiers)
    if "parts" not in data:
        return
    for name, tier in _tiers(data.get("tiers")).items():
        total, of_parts = _gap(tier), [_gap(tiers[name]) for tiers in parts if name in tiers]
        known = [gap for gap in of_parts if gap is not None]
        if total is not None and len(known) == len(of_parts) and sum(known) != total:
            yield _BY_PARTS(tier=name, total=total, parts=sum(known))


def _gap(tier: Mapping[str, Value]) -> int | None:
    value, bound = tier.get("value"), tier.get("bound")
    return value - bound if isinstance(value, int) and isinstance(bound, int) else None


def _changes(claimed: Value, facts: Facts, found: Audit) -> Iterator[Said]:
    record = ChangesRecord.of(facts, found.changes)
    if claimed != (None if record is None else record.model_dump(mode="json")):
        yield _CHANGES()


def _choices(data: Mapping[str, Value], found: Audit) -> dict[str, Iterator[Said]]:
    """Days of meetings, teams and names for duty that are not those of the schedule, by key."""
    chosen = found.chosen
    records: dict[str, tuple[Sequence[Model], Sentence]] = {
        "meetings": ([MeetingRecord.of(meeting) for meeting in chosen.meetings], _MEETINGS),
        "teams": ([TeamRecord.of(team) for team in chosen.teams], _TEAMS),
        "duty": ([DutyRecord.of(names) for names in chosen.duty], _DUTY),
    }
    wrong = (
        (key, said) for key, (known, said) in records.items() if key in data and data[key] != [row.model_dump(mode="json") for row in known]
    )
    return {key: iter([said()]) for key, said in wrong}


def _findings(claimed: Value, facts: Facts, found: Audit) -> Iterator[Said]:
    """Findings of the audit that the file lacks; it may have more, about people without a plan.

    Notes may depend on options of `solve`, and broken rules are told as such already.
    """
    said = Counter(_key(row) for row in _records(claimed))
    for finding in found.findings:
        if finding.strength is Strength.MUST or (finding.strength is Strength.NOTE and finding.told is Told.LIST):
            continue
        days, people = (
            [*map(str, words)] for words in ((facts.dates[d] for d in finding.days), (facts.staff.ids[e] for e in finding.people))
        )
        key = (finding.rule, finding.strength.value, finding.amount, finding.cost, tuple(days), tuple(people))
        if said[key]:
            said[key] -= 1
        else:
            yield _FINDING(said=finding.said)


def _key(row: Mapping[str, Value]) -> tuple[object, ...]:
    where = row.get("where")
    spot = where if isinstance(where, dict) else {}
    days, people = (tuple(map(str, words)) if isinstance(words := spot.get(key), list) else () for key in ("days", "people"))
    rule, strength, amount, cost = (row.get(key) for key in ("rule", "strength", "amount", "cost"))
    return str(rule), str(strength), *(n if isinstance(n, int) else None for n in (amount, cost)), days, people


def _tiers(rows: Value) -> dict[str, Mapping[str, Value]]:
    return {name: tier for tier in _records(rows) if isinstance(name := tier.get("name"), str)}


def _is_list(rows: Value) -> bool:
    """Whether this is a list of records and of nothing else."""
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _records(rows: Value) -> list[Mapping[str, Value]]:
    """The records of a list; none where it is something else, which is told before."""
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
