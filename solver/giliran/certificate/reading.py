"""Reading a certificate for an instance; what cannot be one is said with its place in the file."""

from __future__ import annotations

import os
from collections.abc import Mapping

from pydantic import ValidationError

from giliran.certificate.digest import digest_of
from giliran.certificate.model import Certificate
from giliran.certificate.records import CertificateFile, StrayError, certificate_of
from giliran.domain.facts import Facts
from giliran.errors import InputError, Problem
from giliran.messages import Sentence
from giliran.program import Program
from giliran.text import Document, Value, read_document

_NOT_ONE = Sentence(en="this is not as certificates have it: {what}", id="isian ini tidak seperti dalam sertifikat: {what}")
_NO_CERTIFICATE = Sentence(
    en="no certificate here: a file made by `giliran solve --certificate FILE`, or a result with one, was expected",
    id="tidak ada sertifikat di sini: diperlukan berkas yang dibuat dengan `giliran solve --certificate BERKAS`, atau hasil yang memuatnya",
)
_NONE_INSIDE = Sentence(en="this result was written without a certificate", id="hasil ini ditulis tanpa sertifikat")
_ASK_FOR_IT = Sentence(
    en="Solve again with `--certificate` and `-o FILE.json`, or name the file that `giliran solve --certificate FILE` wrote.",
    id="Susun ulang dengan `--certificate` dan `-o BERKAS.json`, atau sebutkan berkas yang ditulis `giliran solve --certificate BERKAS`.",
)
_OTHER = Sentence(
    en="this certificate is for another instance: its digest is {said}…, the instance's {found}…",
    id="sertifikat ini milik instans lain: sidiknya {said}…, sidik instans ini {found}…",
)
_AGAIN = Sentence(
    en="Solve the instance again: every change to it makes a new certificate necessary.",
    id="Susun ulang jadwalnya: setiap perubahan pada instans memerlukan sertifikat baru.",
)
_STRAY = Sentence(
    en="'{word}' is nothing that the instance has here, or stands here twice", id="'{word}' tidak dikenal di sini, atau tertulis dua kali"
)

INSIDE = "certificate"
"""Key of a result under which its certificate stands."""

_OF_RESULTS = "assignments"
"""Key that every result has."""

_SHOWN = 12
"""Digits of a digest that are shown."""


def read_certificate(path: str | os.PathLike[str], program: Program, facts: Facts) -> Certificate:
    """A certificate from a JSON file of its own, or from a result that holds one.

    Parameters
    ----------
    program, facts
        Of the instance that it is for.

    Raises
    ------
    InputError
        If the file is none and holds none, or is for another instance.
    """
    document = read_document(path)
    at, data = _found(document)
    try:
        file = CertificateFile.model_validate(data)
    except ValidationError as error:
        raise _malformed(document, at, error) from None
    found = digest_of(program, facts.staff.ids, facts.dates)
    if file.digest != found:
        said = _OTHER(said=file.digest[:_SHOWN], found=found[:_SHOWN])
        raise InputError([Problem(document.where((*at, "digest")), said, _AGAIN())])
    try:
        return certificate_of(file, program, facts.staff.ids, facts.dates)
    except StrayError as stray:
        raise InputError([Problem(document.where((*at, *stray.path)), _STRAY(word=stray.word))]) from None


def _found(document: Document) -> tuple[tuple[str, ...], Value]:
    """Where the certificate stands in a document, and what stands there."""
    data = document.data
    if isinstance(data, Mapping) and "digest" in data:
        return (), data
    if isinstance(data, Mapping) and data.get(INSIDE) is not None:
        return (INSIDE,), data[INSIDE]
    if isinstance(data, Mapping) and _OF_RESULTS in data:
        raise InputError([Problem(document.where(), _NONE_INSIDE(), _ASK_FOR_IT())])
    raise InputError([Problem(document.where(), _NO_CERTIFICATE())])


def _malformed(document: Document, at: tuple[str, ...], error: ValidationError) -> InputError:
    first = error.errors()[0]
    given = first.get("input")
    word = given if isinstance(given, (str, int)) else type(given).__name__
    return InputError([Problem(document.where((*at, *first["loc"])), _NOT_ONE(what=str(word)))])
