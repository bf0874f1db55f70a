"""Giliran: who works in the office and who at home, under the rules of a circular letter, proven fairest.

``from giliran import load_instance, solve, check`` is where to start. Names are loaded when they are first used: importing the
package does nothing else, and the solver is loaded by `solve` alone. `giliran.reports` has the tables of a report, and prints them.

Every type that stands in a signature or an attribute of these names is here too. Of `View`, `Rule`, `Goal`, `ResolvedCircular`, `Units`,
`Postings`, `Named`, `Valued`, `CertificateFile`, `Verdict`, `Written` and `Memory` the names alone are promised: what they hold is the
package's own, and may change.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from giliran.arrays import ArrayPlan, solve_arrays
    from giliran.audit import Audit
    from giliran.audit import audit as check
    from giliran.bending import Bends
    from giliran.binding import Binding
    from giliran.certificate.file import CertificateFile
    from giliran.certificate.verify import Verdict
    from giliran.certifying import Checked, check_certificate
    from giliran.certifying import certificate_file as make_certificate
    from giliran.circulars import ResolvedCircular
    from giliran.circulars.listing import ListedCircular, list_circulars
    from giliran.closing import ledger_from_attendance, ledger_rows
    from giliran.costing import StatementCost
    from giliran.domain.calendar import Calendar
    from giliran.domain.changes import Changes, NameChange, PlaceChange
    from giliran.domain.condition import ConditionEntry, Valued
    from giliran.domain.facts import Account, Facts, Meeting, Postings, Staff, Wishes
    from giliran.domain.finding import Finding, Told
    from giliran.domain.named import Named
    from giliran.domain.place import DayKind, Place, Strength
    from giliran.domain.schedule import Schedulable, Schedule
    from giliran.domain.status import Status, Stopped
    from giliran.domain.units import Units
    from giliran.engine.base.memory import Memory
    from giliran.engine.base.outcome import Method, PartResult, Progress, TierResult
    from giliran.engine.dispatch.processes import process_pool
    from giliran.errors import (
        ExecutorError,
        GiliranError,
        InfeasibleError,
        InputError,
        InternalError,
        NoPlanError,
        Problem,
        UndecidedError,
        Where,
        WorkersLostError,
    )
    from giliran.explaining import Clash, ClashMember, ClashProof, Decider, Explanation, Repair, explain
    from giliran.explaining.changing import Change
    from giliran.files.attendance import read_attendance
    from giliran.files.loading import load_instance
    from giliran.files.repaired import write_repaired
    from giliran.files.samples import generate, load_sample, samples
    from giliran.files.schedules import read_schedule
    from giliran.files.schema import schema as json_schema
    from giliran.files.writing import export
    from giliran.instance import DocumentRecord, Instance
    from giliran.instance.ledger import LedgerEntry, LedgerKey
    from giliran.instance.records import Signer
    from giliran.instance.written import Written
    from giliran.messages import Percent, Said, Sentence
    from giliran.reports.style import CsvShape, Paper, PlanStyle
    from giliran.result import Result
    from giliran.rules.answers import Fairness, Sense, Side
    from giliran.rules.base import Goal, Rule
    from giliran.rules.listing import ListedKind, list_rules
    from giliran.rules.tiers import Tiers
    from giliran.rules.view import View
    from giliran.solving import Engine, SolveOptions, solve
    from giliran.whatif.causes import CausedChange
    from giliran.whatif.costs import TierCost
    from giliran.whatif.curves import Curve, Point, curve
    from giliran.whatif.measures import Measures
    from giliran.whatif.orders import Order, OrderKind
    from giliran.whatif.pricing import Price, Prices, price
    from giliran.whatif.reasons import Reason
    from giliran.whatif.replanned import Fewest, Replanned
    from giliran.whatif.replanning import replan
    from giliran.whatif.stand_ins import Loss, Substitute, Substitutes
    from giliran.whatif.standing import DutyTurns, PeerGroup, Turns
    from giliran.whatif.substitutes import substitutes
    from giliran.whatif.swaps import Swap, swaps
    from giliran.whatif.why import DayOfPlan, Opposite, Why, why

    __version__: str

_HOME = {
    "Account": "domain.facts",
    "ArrayPlan": "arrays",
    "Audit": "audit",
    "Bends": "bending",
    "Binding": "binding",
    "Calendar": "domain.calendar",
    "CausedChange": "whatif.causes",
    "CertificateFile": "certificate.file",
    "Change": "explaining.changing",
    "Changes": "domain.changes",
    "Checked": "certifying",
    "Clash": "explaining",
    "ClashMember": "explaining",
    "ClashProof": "explaining",
    "ConditionEntry": "domain.condition",
    "CsvShape": "reports.style",
    "Curve": "whatif.curves",
    "DayKind": "domain.place",
    "DayOfPlan": "whatif.why",
    "Decider": "explaining",
    "DocumentRecord": "instance",
    "DutyTurns": "whatif.standing",
    "Engine": "solving",
    "ExecutorError": "errors",
    "Explanation": "explaining",
    "Facts": "domain.facts",
    "Fairness": "rules.answers",
    "Fewest": "whatif.replanned",
    "Finding": "domain.finding",
    "GiliranError": "errors",
    "Goal": "rules.base",
    "InfeasibleError": "errors",
    "InputError": "errors",
    "Instance": "instance",
    "InternalError": "errors",
    "LedgerEntry": "instance.ledger",
    "LedgerKey": "instance.ledger",
    "ListedCircular": "circulars.listing",
    "ListedKind": "rules.listing",
    "Loss": "whatif.stand_ins",
    "Measures": "whatif.measures",
    "Meeting": "domain.facts",
    "Memory": "engine.base.memory",
    "Method": "engine.base.outcome",
    "NameChange": "domain.changes",
    "Named": "domain.named",
    "NoPlanError": "errors",
    "Opposite": "whatif.why",
    "Order": "whatif.orders",
    "OrderKind": "whatif.orders",
    "Paper": "reports.style",
    "PartResult": "engine.base.outcome",
    "PeerGroup": "whatif.standing",
    "Percent": "messages",
    "Place": "domain.place",
    "PlaceChange": "domain.changes",
    "PlanStyle": "reports.style",
    "Point": "whatif.curves",
    "Postings": "domain.facts",
    "Price": "whatif.pricing",
    "Prices": "whatif.pricing",
    "Problem": "errors",
    "Progress": "engine.base.outcome",
    "Reason": "whatif.reasons",
    "Repair": "explaining",
    "Replanned": "whatif.replanned",
    "ResolvedCircular": "circulars",
    "Result": "result",
    "Rule": "rules.base",
    "Said": "messages",
    "Schedulable": "domain.schedule",
    "Schedule": "domain.schedule",
    "Sense": "rules.answers",
    "Sentence": "messages",
    "Side": "rules.answers",
    "Signer": "instance.records",
    "SolveOptions": "solving",
    "Staff": "domain.facts",
    "StatementCost": "costing",
    "Status": "domain.status",
    "Stopped": "domain.status",
    "Strength": "domain.place",
    "Substitute": "whatif.stand_ins",
    "Substitutes": "whatif.stand_ins",
    "Swap": "whatif.swaps",
    "TierCost": "whatif.costs",
    "TierResult": "engine.base.outcome",
    "Tiers": "rules.tiers",
    "Told": "domain.finding",
    "Turns": "whatif.standing",
    "UndecidedError": "errors",
    "Units": "domain.units",
    "Valued": "domain.condition",
    "Verdict": "certificate.verify",
    "View": "rules.view",
    "Where": "errors",
    "Why": "whatif.why",
    "Wishes": "domain.facts",
    "WorkersLostError": "errors",
    "Written": "instance.written",
    "check": "audit:audit",
    "check_certificate": "certifying",
    "curve": "whatif.curves",
    "explain": "explaining",
    "export": "files.writing",
    "generate": "files.samples",
    "json_schema": "files.schema:schema",
    "ledger_from_attendance": "closing",
    "ledger_rows": "closing",
    "list_circulars": "circulars.listing",
    "list_rules": "rules.listing",
    "load_instance": "files.loading",
    "load_sample": "files.samples",
    "make_certificate": "certifying:certificate_file",
    "price": "whatif.pricing",
    "process_pool": "engine.dispatch.processes",
    "read_attendance": "files.attendance",
    "read_schedule": "files.schedules",
    "replan": "whatif.replanning",
    "samples": "files.samples",
    "solve": "solving",
    "solve_arrays": "arrays",
    "substitutes": "whatif.substitutes",
    "swaps": "whatif.swaps",
    "why": "whatif.why",
    "write_repaired": "files.repaired",
}
"""Module of each public name, with its name there where that is another."""

__all__ = [
    "Account",
    "ArrayPlan",
    "Audit",
    "Bends",
    "Binding",
    "Calendar",
    "CausedChange",
    "CertificateFile",
    "Change",
    "Changes",
    "Checked",
    "Clash",
    "ClashMember",
    "ClashProof",
    "ConditionEntry",
    "CsvShape",
    "Curve",
    "DayKind",
    "DayOfPlan",
    "Decider",
    "DocumentRecord",
    "DutyTurns",
    "Engine",
    "ExecutorError",
    "Explanation",
    "Facts",
    "Fairness",
    "Fewest",
    "Finding",
    "GiliranError",
    "Goal",
    "InfeasibleError",
    "InputError",
    "Instance",
    "InternalError",
    "LedgerEntry",
    "LedgerKey",
    "ListedCircular",
    "ListedKind",
    "Loss",
    "Measures",
    "Meeting",
    "Memory",
    "Method",
    "NameChange",
    "Named",
    "NoPlanError",
    "Opposite",
    "Order",
    "OrderKind",
    "Paper",
    "PartResult",
    "PeerGroup",
    "Percent",
    "Place",
    "PlaceChange",
    "PlanStyle",
    "Point",
    "Postings",
    "Price",
    "Prices",
    "Problem",
    "Progress",
    "Reason",
    "Repair",
    "Replanned",
    "ResolvedCircular",
    "Result",
    "Rule",
    "Said",
    "Schedulable",
    "Schedule",
    "Sense",
    "Sentence",
    "Side",
    "Signer",
    "SolveOptions",
    "Staff",
    "StatementCost",
    "Status",
    "Stopped",
    "Strength",
    "Substitute",
    "Substitutes",
    "Swap",
    "TierCost",
    "TierResult",
    "Tiers",
    "Told",
    "Turns",
    "UndecidedError",
    "Units",
    "Valued",
    "Verdict",
    "View",
    "Where",
    "Why",
    "Wishes",
    "WorkersLostError",
    "Written",
    "__version__",
    "check",
    "check_certificate",
    "curve",
    "explain",
    "export",
    "generate",
    "json_schema",
    "ledger_from_attendance",
    "ledger_rows",
    "list_circulars",
    "list_rules",
    "load_instance",
    "load_sample",
    "make_certificate",
    "price",
    "process_pool",
    "read_attendance",
    "read_schedule",
    "replan",
    "samples",
    "solve",
    "solve_arrays",
    "substitutes",
    "swaps",
    "why",
    "write_repaired",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = _HOME[name].partition(":")
    return getattr(importlib.import_module(f"{__name__}.{module}"), attribute or name)


def __dir__() -> list[str]:
    return sorted(__all__)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(__name__)
    except PackageNotFoundError:
        return "not installed"
