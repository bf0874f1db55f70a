"""Notes of an instance: what is allowed, but to be told before a plan is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from giliran.circulars.tracing import parameters_of
from giliran.domain.facts import NO_TEAM, Facts
from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.domain.selection import Days
from giliran.instance.letters import Letter
from giliran.instance.records import InstanceRecord
from giliran.messages import Said, Sentence, bilingual, nearest, plain
from giliran.rules.base import Rule, Statement
from giliran.rules.registry import known
from giliran.rules.tiers import default_ranks, resolve_tiers
from giliran.rules.toolkit.counting import ShareTable
from giliran.rules.toolkit.fields import OWN
from giliran.rules.toolkit.personal import names_text
from giliran.rules.view import View

_NOT_APPLICABLE = Sentence(en="not applicable here: {ids}", id="tidak ada yang dikenai di sini: {ids}")
_IDLE = Sentence(
    en="{rule} reaches nobody on any day of the horizon", id="{rule} tidak mengenai siapa pun pada hari mana pun dalam periode ini"
)
_COSTLESS = Sentence(
    en="{rule} must hold, so nothing comes of {fields}; with `strength: should` it may be missed at a cost",
    id="{rule} wajib dipenuhi, jadi {fields} tidak berpengaruh; dengan `strength: should` aturan ini boleh tidak terpenuhi dengan biaya",
)
_UNUSED = Sentence(en="no rule asks for the condition {name}", id="tidak ada aturan yang memakai kondisi {name}")
_UNUSED_NEAR = Sentence(
    en="no rule asks for the condition {name}; did you mean {near}?",
    id="tidak ada aturan yang memakai kondisi {name}; apakah maksudnya {near}?",
)
_UNKEPT = Sentence(
    en="rows of the ledger in accounts that nothing here keeps, without effect: {count} ({accounts})",
    id="baris buku giliran dalam akun yang tidak dipakai di sini, tanpa pengaruh: {count} ({accounts})",
)
_UNKEPT_BESIDE = Sentence(en="{said}; kept are: {kept}", id="{said}; yang dipakai: {kept}")
_UNRULED = Sentence(
    en="under no rule, so in the office as usual and not counted: {count} ({people})",
    id="tidak dikenai aturan apa pun, jadi bekerja di kantor seperti biasa dan tidak dihitung: {count} ({people})",
)
_LOST_DUTIES = Sentence(
    en="names of the published plan for duties that there are no longer, not kept: {duties}",
    id="nama petugas piket dalam jadwal terbit untuk aturan piket yang sudah tidak ada, tidak dipertahankan: {duties}",
)
_LOST_TEAMS = Sentence(
    en="teams of the published plan for rules that there are no longer, not kept: {rules}",
    id="tim dalam jadwal terbit untuk aturan yang sudah tidak ada, tidak dipertahankan: {rules}",
)
_LOST = Sentence(en="{rule} ({count})", id="{rule} ({count})")
_LOST_NEAR = Sentence(en="{rule} ({count}; did you mean {near}?)", id="{rule} ({count}; apakah maksudnya {near}?)")
_VAIN_GOAL = Sentence(
    en="{id} keeps to the published plan, but nothing is published for these days",
    id="{id} menjaga jadwal terbit, tetapi untuk hari-hari ini tidak ada",
)
_NO_PLAN = Sentence(
    en="`refill` has no effect: there is no published plan", id="`refill` tidak berpengaruh: tidak ada jadwal terbit (`published`)"
)
_ORDERED = Sentence(
    en="`refill` has no effect: the order under `tiers` decides", id="`refill` tidak berpengaruh: urutan pada `tiers` yang menentukan"
)
_NOTHING_TO_KEEP = Sentence(
    en="`refill` has no effect: no goal keeps to published days that may still change",
    id="`refill` tidak berpengaruh: tidak ada tujuan yang menjaga jadwal terbit pada hari yang masih dapat berubah",
)


def note(rule: str, said: Said, kind: str = "instance", people: tuple[int, ...] = (), amount: int = 0, *, first: bool = False) -> Finding:
    """Something to be told, beside the status where it comes first."""
    told = Told.HEADLINE if first else Told.LIST
    return Finding(rule=rule, kind=kind, strength=Strength.NOTE, amount=amount, said=said, people=people, told=told)


def letter_of(statement: Statement, letters: Iterable[Letter]) -> Letter | None:
    """The circular that a statement comes from; None for an own one."""
    return next((letter for letter in letters if statement.id.startswith(f"{letter.resolved.name}/")), None)


def idle_rules(view: View, written: Iterable[Rule], letters: Sequence[Letter]) -> Iterator[Finding]:
    """Rules that reach nobody: one line per circular, and one for each own rule.

    Where the choices are the letter, a rule that hangs on none of those made was never asked for, and is not told.
    """
    idle = [rule for rule in written if not view.cell_set(rule).any()]
    for letter in letters:
        name = letter.resolved.name
        mine = [rule for rule in idle if rule.id.startswith(f"{name}/") and _asked_for(letter, rule.id)]
        if mine:
            yield note(name, _NOT_APPLICABLE(ids=[_named(letter, rule) for rule in mine]))
    names = {letter.resolved.name for letter in letters}
    for rule in idle:
        if rule.id.split("/", 1)[0] not in names:
            yield note(rule.id, _IDLE(rule=plain(rule.id)), kind=rule.kind)


def costless(rules: Iterable[Rule]) -> Iterator[Finding]:
    """Own rules that must hold and say what missing them would cost."""
    for rule in rules:
        if rule.strength is Strength.MUST and rule.id.startswith(OWN):
            said = [f"`{name}`" for name in ("tier", "weight") if getattr(rule, name) != type(rule).model_fields[name].default]
            if said:
                yield note(rule.id, _COSTLESS(rule=plain(rule.id), fields=said), kind=rule.kind)


def _named(letter: Letter, rule: Rule) -> Said:
    """A rule's id in its letter; in Indonesian after the words of the letter, where these are the planner's own and so few."""
    id_ = rule.id.removeprefix(f"{letter.resolved.name}/")
    quote = rule.source.quote if letter.circular.own_reading else ""
    return bilingual(en=id_, id=f"{quote} ({id_})" if quote else id_)


def _asked_for(letter: Letter, id_: str) -> bool:
    raw = letter.raw(id_)
    return not letter.circular.own_reading or raw is None or bool(parameters_of(letter.circular, raw) & letter.chosen.keys())


def unused_conditions(facts: Facts, statements: Iterable[Statement]) -> Iterator[Finding]:
    """Conditions that no rule asks for; often their name is misspelt."""
    used = {name for statement in statements for name in _conditions(statement)}
    for name in facts.conditions:
        if name not in used:
            near = nearest(name, used)
            said = _UNUSED(name=name) if near is None else _UNUSED_NEAR(name=name, near=near)
            yield note("facts", said)


def unasked(facts: Facts, written: Sequence[Statement]) -> Iterator[Said]:
    """Facts that change nothing because nothing written takes them up, such as wishes without a goal."""
    for kind in known().values():
        if not any(isinstance(statement, kind) for statement in written) and (said := kind.unasked(facts)) is not None:
            yield said


def unkept(facts: Facts, written: Sequence[Statement]) -> Iterator[Said]:
    """Rows of the ledger whose accounts no goal and no duty rule looks at; often a rule has another id than last time."""
    kept = {name for statement in written if (name := statement.keeps()) is not None}
    idle = {name: account.rows for name, account in facts.ledger.items() if name not in kept and account.rows}
    if idle:
        said = _UNKEPT(count=sum(idle.values()), accounts=[plain(name) for name in idle])
        yield _UNKEPT_BESIDE(said=said, kept=sorted(kept)) if kept else said


def lost_promises(view: View) -> Iterator[Said]:
    """Names and teams of the published plan whose rule is gone, or has another name now, in a sentence each."""
    facts = view.facts
    duties = sorted({duty.rule for duty in view.duties}) if facts.published_duty else []
    names = {rule: int(cells.sum()) for rule, cells in facts.published_duty.items() if rule not in duties}
    if names:
        yield _LOST_DUTIES(duties=_lost(names, duties))
    teams = {rule: int((team != NO_TEAM).sum()) for rule, team in facts.published_team.items() if rule not in view.by_id}
    if teams:
        yield _LOST_TEAMS(rules=_lost(teams, sorted(view.by_id)))


def _lost(counts: Mapping[str, int], known: Sequence[str]) -> list[Said]:
    near = {rule: nearest(rule, known) for rule in counts}
    return [
        _LOST(rule=plain(rule), count=count) if near[rule] is None else _LOST_NEAR(rule=plain(rule), count=count, near=plain(near[rule]))
        for rule, count in counts.items()
    ]


def vain_goals(view: View) -> Iterator[Said]:
    """Goals that keep to a published plan where nothing is published."""
    yield from (_VAIN_GOAL(id=plain(goal.id)) for goal in view.goals if goal.in_vain(view.facts))


def vain_refill(record: InstanceRecord, statements: Sequence[Statement], facts: Facts) -> Iterator[Said]:
    """Why asking for seats to be filled again changes nothing, if so: the tiers are the same without."""
    kept = replace(facts, refill=False)
    if record.published is None:
        yield _NO_PLAN()
    elif default_ranks(statements, facts) == default_ranks(statements, kept):
        yield _NOTHING_TO_KEEP()
    elif resolve_tiers(record.tiers, statements, facts) == resolve_tiers(record.tiers, statements, kept):
        yield _ORDERED()


def _conditions(statement: Statement) -> Iterator[str]:
    for field in type(statement).model_fields:
        value = getattr(statement, field)
        if isinstance(value, ShareTable):
            yield value.condition
        waiting = [value] if isinstance(value, Days) else []
        while waiting:
            days = waiting.pop()
            yield from days.conditions or ()
            waiting += days.except_ or ()


def unruled_people(view: View, written: Iterable[Rule]) -> tuple[int, ...]:
    """Rows of people who work on some day, and whom no written rule and no aim reaches on any; who is away changes nothing."""
    reached = np.asarray((view.aim.office | view.aim.home).any(axis=1))
    for rule in written:
        reached[rule.reaches(view).who] = True
    return tuple(np.flatnonzero(view.facts.has_cell.any(axis=1) & ~reached).tolist())


def unruled_note(facts: Facts, people: tuple[int, ...], rule: str) -> Finding:
    """Who is under no rule."""
    said = _UNRULED(count=len(people), people=names_text(facts, people))
    return note(rule, said, people=people, amount=len(people))
