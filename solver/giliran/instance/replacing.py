"""Goals of one kind that reach the same cells: the one with the last word counts there."""

from __future__ import annotations

from collections.abc import Sequence

from giliran.domain.finding import Finding
from giliran.instance.notes import note
from giliran.messages import Sentence, plain
from giliran.rules.base import Goal
from giliran.rules.toolkit.fields import OWN
from giliran.rules.view import View

_REPLACED = Sentence(
    en="{winner} counts instead of {loser} where both reach: days of people {count}",
    id="{winner} dipakai menggantikan {loser} di tempat keduanya berlaku: {count} orang-hari",
)


def replace_goals(view: View, goals: Sequence[Goal], order: Sequence[str]) -> tuple[list[Goal], list[Finding]]:
    """Goals that give way where another of their kind reaches, and a note for each pair.

    Own goals replace those of circulars, a circular listed later replaces the goals of one listed earlier. Goals of one origin stand
    side by side.

    Parameters
    ----------
    view
        A view over the goals as written.
    goals
        The goals.
    order
        Names of the circulars in the order in which they are listed.
    """
    rank = {name: position for position, name in enumerate(order)} | {OWN.rstrip("/"): len(order)}
    notes: list[Finding] = []
    replaced = []
    for goal in goals:
        winners = []
        for other in goals:
            later = rank[other.id.split("/", 1)[0]] > rank[goal.id.split("/", 1)[0]]
            if later and other.kind == goal.kind and (shared := int((view.cells(other) & view.cells(goal)).sum())):
                winners.append(other.id)
                said = _REPLACED(winner=plain(other.id), loser=plain(goal.id), count=shared)
                notes.append(note(goal.id, said, kind=goal.kind))
        replaced.append(goal.model_copy(update={"yields_to": tuple(winners)}) if winners else goal)
    return replaced, notes
