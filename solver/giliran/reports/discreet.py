"""Findings, answers and causes without the reasons why people are away, for what is handed round."""

from __future__ import annotations

from dataclasses import replace

from giliran.domain.facts import Facts
from giliran.messages import Said, plain
from giliran.reports.report import Report

_REASON = "reason"
"""The place in sentences where the reason of an absence, or of an order about one person, stands."""
_NOTHING = "–"


def without_reasons(report: Report) -> Report:
    """The report with findings, answers and causes that say of nobody why they are away or were ordered to be somewhere."""
    private = private_reasons(report.facts)
    findings = [replace(finding, said=without(finding.said, private)) for finding in report.findings]
    answers = [replace(one, lines=tuple((step, without(said, private)) for step, said in one.lines)) for one in report.answers]
    because = {cell: without(said, private) for cell, said in report.because.items()}
    return replace(report, findings=findings, answers=answers, because=because)


def private_reasons(facts: Facts) -> frozenset[str]:
    """Why people are away or were ordered to be somewhere, as it may stand in sentences: as it is, and with codes for what is unseen."""
    reasons = {*facts.absence_reasons, *facts.pin_reasons.values()}
    return frozenset(form for reason in reasons for form in (reason, str(plain(reason))))


def without(said: Said, private: frozenset[str]) -> Said:
    """A sentence, and those within it, without the reasons of `private_reasons`."""
    values = {name: _hidden(name, value, private) for name, value in said.values.items()}
    return said if values == said.values else Said(said.sentence, values)


def _hidden(name: str, value: object, private: frozenset[str]) -> object:
    if name == _REASON and str(value) in private:
        return _NOTHING
    if isinstance(value, (list, tuple)):
        return [_hidden(name, each, private) for each in value]
    return without(value, private) if isinstance(value, Said) else value
