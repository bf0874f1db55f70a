"""What must be told about a duty: shortfalls, and units that share officers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.messages import Sentence
from giliran.rules.answers import Duty
from giliran.rules.base import Rule
from giliran.rules.kinds.duty_officers.members import Roll, group_label, members_of
from giliran.rules.toolkit.personal import days_text
from giliran.rules.view import View

SHORTFALL = Sentence(
    en="{group}: {count} duty {count:officer is|officers are} asked for, but of those eligible only {need} can come on {days}",
    id="{group}: diminta {count} petugas piket, tetapi dari yang memenuhi syarat hanya {need} yang dapat bertugas pada {days}",
)
NOBODY = Sentence(
    en="{group}: {count} duty {count:officer is|officers are} asked for, but nobody eligible can come on {days}",
    id="{group}: diminta {count} petugas piket, tetapi tidak ada yang memenuhi syarat yang dapat bertugas pada {days}",
)
SHORTFALL_APART = Sentence(
    en="{group}: {count} duty {count:officer is|officers are} asked for, but only {need} can come on {days}: nobody counts for two "
    "units, and the others who are eligible are needed elsewhere",
    id="{group}: diminta {count} petugas piket, tetapi hanya {need} yang dapat bertugas pada {days}: seorang hanya dihitung untuk satu "
    "unit kerja, dan yang lain diperlukan di unit kerja lain",
)
POOLED = Sentence(
    en="{group}: the limits leave no room for officers in each unit on {days}; the units below share {need}",
    id="{group}: batas WFO tidak cukup untuk petugas di setiap unit kerja pada {days}; unit kerja di bawahnya berbagi {need} petugas piket",
)


def duty_notes(rule: Rule, view: View, duty: Duty, roll: Roll) -> Iterator[Finding]:
    """Shortfalls and pools, one note for all days of a kind."""
    facts = view.facts
    for group in np.flatnonzero((duty.count > duty.need).any(axis=1)).tolist():
        for need in np.unique(duty.need[group][duty.count[group] > duty.need[group]]).tolist():
            days = np.flatnonzero((duty.count[group] > need) & (duty.need[group] == need)).tolist()
            said = {
                "group": group_label(duty, facts, group),
                "count": int(duty.count[group].max()),
                "need": need,
                "days": days_text(facts, days),
            }
            place = {"unit": int(duty.groups_unit[group]), "days": tuple(days)}
            apart = any(len(members_of(duty, group, day)) > need for day in days)
            told = (SHORTFALL_APART if apart else SHORTFALL if need else NOBODY)(**said)
            yield rule.finding(Strength.NOTE, sum(int(duty.count[group, day]) - need for day in days), told, told=Told.SHORTFALL, **place)
    for group in range(len(roll.unit), len(duty.need)):
        days = np.flatnonzero(duty.count[group]).tolist()
        told = POOLED(group=group_label(duty, facts, group), need=int(duty.need[group].max()), days=days_text(facts, days))
        place = {"unit": int(duty.groups_unit[group]), "days": tuple(days)}
        yield rule.finding(Strength.NOTE, len(days), told, told=Told.SHORTFALL, **place)
