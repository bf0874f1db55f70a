"""Certificates of results: made with the engine, checked without it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from giliran.arguments import check_pair
from giliran.audit import Audit, audit
from giliran.certificate.certificate import Certificate
from giliran.certificate.file import CertificateFile
from giliran.certificate.reading import read_certificate
from giliran.certificate.verify import Fault, UnfitError, Verdict, Wrong, verify
from giliran.certificate.worth import told
from giliran.domain.lottery import lottery_order
from giliran.domain.schedule import Schedule
from giliran.errors import InputError, Problem, Where
from giliran.instance import Instance
from giliran.messages import Said, Sentence, found_text
from giliran.preparing import compile_program
from giliran.result import Result

ENDING = ".json"

_NO_RESULT = Sentence(en="found {found}; expected a result of solve", id="ditemukan {found}; yang diharapkan hasil solve")
_NO_AUDIT = Sentence(
    en="found {found}; expected what `check` found of the schedule", id="ditemukan {found}; yang diharapkan hasil `check` atas jadwal ini"
)
_NOT_JSON = Sentence(en="certificates are written to files ending in .json", id="sertifikat ditulis ke berkas berakhiran .json")
_BEFORE = Sentence(
    en="If this is an instance, write it before --certificate.",
    id="Bila ini berkas masukan, tulislah sebelum --certificate.",
)
_BENT = Sentence(
    en="this plan bends rules; a certificate is about plans that keep all of them",
    id="jadwal ini menyimpang dari aturan; sertifikat hanya untuk jadwal yang memenuhi semuanya",
)
_UNFIT = Sentence(
    en="part {part} does not fit the instance: its cells are tied to others, or it has multipliers of what nobody shares",
    id="bagian {part} tidak cocok dengan berkas masukan: selnya terikat pada sel lain, atau ada pengali untuk aturan yang tidak dipakai "
    "bersama",
)
_UNFIT_SOMEWHERE = Sentence(
    en="the parts do not fit the instance: a rule ties cells to others that are in no part",
    id="bagian-bagiannya tidak cocok dengan berkas masukan: ada aturan yang mengikat sel dengan sel lain di luar bagian mana pun",
)


@dataclass(frozen=True)
class Checked:
    """What a certificate proves about a schedule.

    Parameters
    ----------
    tiers
        Names of the tiers, most important first.
    verdict
        What was found.
    """

    tiers: tuple[str, ...]
    verdict: Verdict

    @property
    def holds(self) -> bool:
        """Whether nothing that the certificate claims is wrong."""
        return self.verdict.holds

    @property
    def proven(self) -> tuple[str, ...]:
        """Names of the tiers that are proved best in every part, those before included."""
        return tuple(self.tiers[tier] for tier in self.verdict.proven_tiers)

    def told(self) -> tuple[Said, ...]:
        """The verdict in sentences."""
        return tuple(told(self.verdict, self.tiers))


def check_ending(paths: Iterable[Path]) -> None:
    """See before a long run that certificates go to JSON files.

    Raises
    ------
    InputError
        With every file whose name ends otherwise.
    """
    problems = [Problem(Where(str(path)), _NOT_JSON(), _BEFORE()) for path in paths if path.suffix.lower() != ENDING]
    if problems:
        raise InputError(problems)


def make_certificate(result: Result) -> CertificateFile:
    """A certificate for the plan of a result, as a file: what flows and linear programs prove about every part.

    Parameters
    ----------
    result
        From `solve`.

    Raises
    ------
    InputError
        If its plan bends rules: certificates are about plans that keep them.
    """
    if not isinstance(result, Result):
        raise InputError([Problem(Where(field="result"), _NO_RESULT(found=found_text(result)))])
    if result.bends is not None:
        raise InputError([Problem(Where(field="result"), _BENT())])
    from giliran.engine.proofs.multipliers import Subject, certify  # loads ortools: not before it is needed

    facts = result.instance.facts
    program = compile_program(result.instance)
    order = lottery_order(facts.staff.ids, result.seed, facts.dates[0])
    subject = Subject(program, facts.staff.ids, facts.dates, order, result.seed)
    costs = [tier.value for tier in result.tiers] or [*audit(result.instance, result.schedule).tiers.values()]
    certificate = certify(subject, result.schedule.office, result.schedule.planned(facts), costs, result.memory)
    return CertificateFile.of(certificate, program, facts.staff.ids, facts.dates)


def check_certificate(
    instance: Instance,
    schedule: Schedule,
    certificate: str | os.PathLike[str] | Mapping[str, Any] | CertificateFile,
    found: Audit | None = None,
) -> Checked:
    """Hold a certificate against a schedule, by arithmetic alone.

    Parameters
    ----------
    instance, schedule
        What it is held against.
    certificate
        The file of the certificate or of a result that holds one, what such a file holds as a mapping, or what `make_certificate` gave.
    found
        The audit of the schedule; it is made where None. A certificate proves nothing about a schedule that breaks a rule which must
        hold or that is another one than it was made for, nor where the audit counts other costs than the program does.

    Raises
    ------
    InputError
        If that is no certificate, or one for another instance.
    """
    check_pair(instance, schedule)
    if not (found is None or isinstance(found, Audit)):
        raise InputError([Problem(Where(field="found"), _NO_AUDIT(found=found_text(found)))])
    facts = instance.facts
    program = compile_program(instance)
    claims = read_certificate(certificate, program, facts)
    try:
        verdict = verify(program, claims, schedule.office, schedule.planned(facts))
    except UnfitError as unfit:
        said = _UNFIT_SOMEWHERE() if unfit.part is None else _UNFIT(part=unfit.part + 1)
        file = str(certificate) if isinstance(certificate, str | os.PathLike) else ""
        raise InputError([Problem(Where(file), said)]) from None
    left_out = int(schedule.unplaced(facts).sum())
    return Checked(program.tiers, held_against(found or audit(instance, schedule), verdict, claims, left_out))


def held_against(found: Audit, verdict: Verdict, certificate: Certificate, left_out: int) -> Verdict:
    """The verdict after the audit has had its say, which knows the rules and neither program nor certificate.

    Parameters
    ----------
    left_out
        Person-days to which the schedule gives no place.
    """
    if found.broken:
        return verdict.refuted([Wrong(Fault.BROKEN, None)])
    if left_out != certificate.unplanned:
        return verdict.refuted([Wrong(Fault.LEFT_OUT, None, None, certificate.unplanned, left_out)])
    costs = [found.tiers[name] for name in certificate.tiers]
    counted = verdict.values.tolist() if verdict.counted else costs
    wrong = [*_differing(Fault.AUDIT, counted, costs), *_differing(Fault.COST, certificate.costs, costs)]
    if not wrong:
        return verdict
    if verdict.holds:
        return verdict.refuted(wrong)
    return replace(verdict, wrong=(*wrong, *verdict.wrong))  # parts that are to blame are known, the others keep their proofs


def _differing(fault: Fault, said: Sequence[int], found: Sequence[int]) -> list[Wrong]:
    pairs = enumerate(zip(said, found, strict=True))
    return [Wrong(fault, None, tier, *pair) for tier, pair in pairs if pair[0] != pair[1]]
