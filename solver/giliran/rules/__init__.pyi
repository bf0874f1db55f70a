"""Every kind of rule and goal by its class; written by `python -m tests.rules.stub`.

Fields take what a file holds ("50%", dates as text, one item for a list), so their types are not those of the attributes.
"""

from typing import Any

from giliran.rules.kinds.consecutive.rule import Consecutive as _Consecutive
from giliran.rules.kinds.days_per_person.rule import DaysPerPerson as _DaysPerPerson
from giliran.rules.kinds.duty_officers.rule import DutyOfficers as _DutyOfficers
from giliran.rules.kinds.fair_share.goal import FairShare as _FairShare
from giliran.rules.kinds.fixed_days import FixedDays as _FixedDays
from giliran.rules.kinds.frequency.rule import Frequency as _Frequency
from giliran.rules.kinds.full_service import FullService as _FullService
from giliran.rules.kinds.home_cap import HomeCap as _HomeCap
from giliran.rules.kinds.meeting.rule import Meeting as _Meeting
from giliran.rules.kinds.office_cap.rule import OfficeCap as _OfficeCap
from giliran.rules.kinds.office_floor import OfficeFloor as _OfficeFloor
from giliran.rules.kinds.office_share import OfficeShare as _OfficeShare
from giliran.rules.kinds.office_target.goal import OfficeTarget as _OfficeTarget
from giliran.rules.kinds.separation.rule import Separation as _Separation
from giliran.rules.kinds.smooth_weeks import SmoothWeeks as _SmoothWeeks
from giliran.rules.kinds.stability import Stability as _Stability
from giliran.rules.kinds.team_rotation.rule import TeamRotation as _TeamRotation
from giliran.rules.kinds.together.rule import Together as _Together
from giliran.rules.kinds.wishes import Wishing as _Wishing

class Consecutive(_Consecutive):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        place: Any = ...,
        max: Any = ...,
        min: Any = ...,
        weekends_break: Any = ...,
        holidays_break: Any = ...,
    ) -> None: ...

class DaysPerPerson(_DaysPerPerson):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        least: Any = ...,
        most: Any = ...,
        window: Any = ...,
        credit: Any = ...,
        place: Any = ...,
    ) -> None: ...

class DutyOfficers(_DutyOfficers):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        per: Any = ...,
        eligible: Any = ...,
        count: Any = ...,
        exactly: Any = ...,
        against_caps: Any = ...,
        account: Any = ...,
        one_each: Any = ...,
        everybody: Any = ...,
        rest: Any = ...,
    ) -> None: ...

class FairShare(_FairShare):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        count_days: Any = ...,
        account: Any = ...,
        step: Any = ...,
        groups: Any = ...,
        share: Any = ...,
    ) -> None: ...

class FixedDays(_FixedDays):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        place: Any = ...,
    ) -> None: ...

class Frequency(_Frequency):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        each: Any = ...,
        happens: Any = ...,
        place: Any = ...,
        window: Any = ...,
        most: Any = ...,
        least: Any = ...,
        total: Any = ...,
        pairs: Any = ...,
        sets: Any = ...,
        per: Any = ...,
    ) -> None: ...

class FullService(_FullService):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        mode: Any = ...,
        lifted_from: Any = ...,
    ) -> None: ...

class HomeCap(_HomeCap):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        per: Any = ...,
        share: Any = ...,
        base: Any = ...,
        of: Any = ...,
        counts: Any = ...,
        rounding: Any = ...,
        min_result: Any = ...,
        max: Any = ...,
    ) -> None: ...

class Meeting(_Meeting):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        meetings: Any = ...,
        in_person: Any = ...,
        attendance: Any = ...,
        of: Any = ...,
    ) -> None: ...

class OfficeCap(_OfficeCap):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        per: Any = ...,
        share: Any = ...,
        base: Any = ...,
        of: Any = ...,
        counts: Any = ...,
        rounding: Any = ...,
        min_result: Any = ...,
        max: Any = ...,
        exempt: Any = ...,
        relax_to: Any = ...,
    ) -> None: ...

class OfficeFloor(_OfficeFloor):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        per: Any = ...,
        share: Any = ...,
        base: Any = ...,
        of: Any = ...,
        counts: Any = ...,
        rounding: Any = ...,
        min_result: Any = ...,
        min: Any = ...,
        eligible: Any = ...,
        when_short: Any = ...,
    ) -> None: ...

class OfficeShare(_OfficeShare):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        per: Any = ...,
        share: Any = ...,
        base: Any = ...,
        of: Any = ...,
        counts: Any = ...,
        rounding: Any = ...,
        min_result: Any = ...,
        tolerance: Any = ...,
        when_short: Any = ...,
    ) -> None: ...

class OfficeTarget(_OfficeTarget):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        wanted: Any = ...,
        level: Any = ...,
        per: Any = ...,
        level_weight: Any = ...,
        level_by: Any = ...,
        level_targets: Any = ...,
    ) -> None: ...

class Separation(_Separation):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        not_all: Any = ...,
        sets: Any = ...,
        per: Any = ...,
        cohorts: Any = ...,
        private: Any = ...,
    ) -> None: ...

class SmoothWeeks(_SmoothWeeks):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
    ) -> None: ...

class Stability(_Stability):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        unit: Any = ...,
    ) -> None: ...

class TeamRotation(_TeamRotation):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        teams: Any = ...,
        choose_teams: Any = ...,
        turn: Any = ...,
        anchor: Any = ...,
        per: Any = ...,
    ) -> None: ...

class Together(_Together):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        strength: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        side: Any = ...,
        want: Any = ...,
        sets: Any = ...,
        tags: Any = ...,
        per: Any = ...,
        cost: Any = ...,
    ) -> None: ...

class Wishing(_Wishing):
    def __init__(
        self,
        *,
        id: Any = ...,
        source: Any = ...,
        applies_to: Any = ...,
        days: Any = ...,
        tier: Any = ...,
        weight: Any = ...,
        scale: Any = ...,
    ) -> None: ...
