"""What a certificate is worth, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from giliran.certificate.verify import Fault, Standing, Verdict, Wrong
from giliran.messages import Said, Sentence

_COUNT = Sentence(
    en="certificate: {proved} of {all} {all:part|parts} proved by arithmetic, {open} on CP-SAT's word",
    id="sertifikat: {proved} dari {all} bagian terbukti dengan hitungan, {open} menurut CP-SAT",
)
_TIERS = Sentence(en="proved by arithmetic in every part: {names}", id="terbukti dengan hitungan di semua bagian: {names}")
_NO_TIERS = Sentence(
    en="no tier is proved by arithmetic in every part", id="belum ada tingkat yang terbukti dengan hitungan di semua bagian"
)
_NO_PLAN = Sentence(en="parts without a plan in this schedule: {count}", id="bagian yang tidak terjadwal dalam jadwal ini: {count}")
_WRONG = Sentence(
    en="the certificate does not hold for this schedule: {count} of its claims {count:is|are} wrong",
    id="sertifikat ini tidak berlaku untuk jadwal ini: {count} pernyataannya salah",
)
_VALUE = Sentence(
    en="part {part}, tier {tier}: the certificate says that the schedule costs {said}, it costs {found}",
    id="bagian {part}, tingkat {tier}: menurut sertifikat jadwal ini bernilai {said}, padahal {found}",
)
_BOUND = Sentence(
    en="part {part}, tier {tier}: the schedule costs {said}, the multipliers prove a bound of {found}",
    id="bagian {part}, tingkat {tier}: jadwal ini bernilai {said}, sedangkan pengali membuktikan batas {found}",
)
_LOOSE = Sentence(
    en="somebody whom no rule ties to others is not where it is cheapest",
    id="ada pegawai yang tidak terikat aturan bersama dan tidak berada di tempat yang terbaik",
)
_AUDIT = Sentence(
    en="tier {tier}: the program that the certificate is about counts {said} for this schedule, the audit of the rules {found}",
    id="tingkat {tier}: program yang dibuktikan sertifikat menghitung {said} untuk jadwal ini, sedangkan pemeriksaan aturan {found}",
)
_COST = Sentence(
    en="tier {tier}: the certificate is for a plan that costs {said}, this schedule costs {found}",
    id="tingkat {tier}: sertifikat ini untuk jadwal yang bernilai {said}, sedangkan jadwal ini bernilai {found}",
)
_LEFT_OUT = Sentence(
    en="the certificate is for a plan that leaves {said} {said:person-day|person-days} out, this schedule leaves out {found}",
    id="sertifikat ini untuk jadwal dengan {said} orang-hari tidak terjadwal, sedangkan jadwal ini dengan {found}",
)
_BROKEN = Sentence(
    en="certificate: proves nothing about this schedule, because it breaks rules that must hold",
    id="sertifikat: tidak membuktikan apa pun tentang jadwal ini, karena ada aturan wajib yang tidak dipenuhi",
)

_OF_TIERS = {Fault.AUDIT: _AUDIT, Fault.COST: _COST}


def told(verdict: Verdict, tiers: Sequence[str]) -> Iterator[Said]:
    """A verdict: how many parts are proved, which tiers, and what is wrong.

    Parameters
    ----------
    tiers
        Names of the tiers, most important first.
    """
    if any(wrong.fault is Fault.BROKEN for wrong in verdict.wrong):
        yield _BROKEN()
        return
    missing = verdict.count(Standing.NO_PLAN)
    proved = verdict.count(Standing.PROVED)
    opened = verdict.count(Standing.OPEN)
    yield _COUNT(proved=proved, all=len(verdict.standing) - missing, open=opened)
    names = [tiers[k] for k in verdict.proven_tiers]
    yield _TIERS(names=names) if names else _NO_TIERS()
    if missing:
        yield _NO_PLAN(count=missing)
    if verdict.wrong:
        yield _WRONG(count=len(verdict.wrong))
    for wrong in verdict.wrong:
        yield said_of(wrong, tiers)


def said_of(wrong: Wrong, tiers: Sequence[str]) -> Said:
    """One claim that does not hold; parts are counted from 1."""
    if wrong.fault is Fault.BROKEN:
        return _BROKEN()
    if wrong.fault is Fault.LEFT_OUT:
        return _LEFT_OUT(said=wrong.said, found=wrong.found)
    if wrong.fault in _OF_TIERS and wrong.tier is not None:
        return _OF_TIERS[wrong.fault](tier=tiers[wrong.tier], said=wrong.said, found=wrong.found)
    if wrong.fault is Fault.LOOSE or wrong.part is None or wrong.tier is None:
        return _LOOSE()
    sentence = _VALUE if wrong.fault is Fault.VALUE else _BOUND
    return sentence(part=wrong.part + 1, tier=tiers[wrong.tier], said=wrong.said, found=wrong.found)
