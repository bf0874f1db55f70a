"""Reading a certificate for an instance; what cannot be one is said with its place in the file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from giliran.certificate.certificate import CERTIFICATE_SCHEMA, FAMILY, Certificate
from giliran.certificate.digest import SEAL, digest_of, seal_of
from giliran.certificate.file import CertificateFile, StrayError, certificate_of
from giliran.domain.facts import Facts
from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence, found_text, plain, written
from giliran.program import Program
from giliran.text import Document, Value, parse_document, read_document
from giliran.text.model_errors import problems_of

_NOT_ONE = Sentence(en="found {found}; expected a certificate", id="ditemukan {found}; yang diharapkan sebuah sertifikat")
_NO_FORM = Sentence(en="found {found}; certificates say {ours}", id="ditemukan {found}; sertifikat memuat {ours}")
_OLD_FORM = Sentence(
    en="this certificate is of form {form}, made by giliran 0.1 or 0.2; form {ours} is read here",
    id="sertifikat ini berbentuk {form}, dibuat dengan giliran 0.1 atau 0.2; yang dibaca di sini bentuk {ours}",
)
_NEW_FORM = Sentence(
    en="this certificate is of form {form}, made by a newer giliran; form {ours} is read here",
    id="sertifikat ini berbentuk {form}, dibuat dengan giliran yang lebih baru; yang dibaca di sini bentuk {ours}",
)
_SOLVE_AGAIN = Sentence(en="Solve the instance again with `--certificate`.", id="Susun ulang jadwalnya dengan `--certificate`.")
_UPDATE = Sentence(
    en="Check it with the giliran that made it, or solve the instance again.",
    id="Periksalah dengan giliran pembuatnya, atau susun ulang jadwalnya.",
)
_CHANGED = Sentence(
    en="this certificate was changed after it was made: its seal is {said}…, that of its content {found}…",
    id="sertifikat ini diubah setelah dibuat: segelnya {said}…, segel isinya {found}…",
)
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
    id="sertifikat ini milik berkas masukan lain: kode pemeriksaannya {said}…, kode pemeriksaan berkas ini {found}…",
)
_AGAIN = Sentence(
    en="Solve the instance again: every change to it makes a new certificate necessary.",
    id="Susun ulang jadwalnya: setiap perubahan pada berkas masukan memerlukan sertifikat baru.",
)
_STRAY = Sentence(
    en="'{word}' is nothing that the instance has here, or stands here twice", id="'{word}' tidak dikenal di sini, atau tertulis dua kali"
)

INSIDE = "certificate"
"""Key of a result under which its certificate stands."""

_OF_RESULTS = "assignments"
"""Key that every result has."""

MOST_TOLD = 3
"""Problems of a file that is no certificate: one wrong turn makes thousands."""

_SHOWN = 12
"""Digits of a digest that are shown."""


def read_certificate(given: str | os.PathLike[str] | Mapping[str, Any] | CertificateFile, program: Program, facts: Facts) -> Certificate:
    """A certificate from a JSON file of its own, from a result that holds one, or as either of these is in memory.

    Parameters
    ----------
    given
        The path of a file, what it holds as a mapping, or a certificate that was just made.
    program, facts
        Of the instance that it is for.

    Raises
    ------
    InputError
        If the file is none and holds none, is of another form, was changed after it was made, or is for another instance.
    """
    document = _document(given)
    at, data = _found(document)
    file = _sealed(document, at, data)
    found = digest_of(program, facts.staff.ids, facts.dates)
    if file.digest != found:
        said = _OTHER(said=file.digest[:_SHOWN], found=found[:_SHOWN])
        raise InputError([Problem(document.where((*at, "digest")), said, _AGAIN())])
    try:
        return certificate_of(file, program, facts.staff.ids, facts.dates)
    except StrayError as stray:
        raise InputError([Problem(document.where((*at, *stray.path)), _STRAY(word=written(stray.word)))]) from None


def _document(given: str | os.PathLike[str] | Mapping[str, Any] | CertificateFile) -> Document:
    """What a certificate stands in: memory is no file, and has no lines."""
    if isinstance(given, str | os.PathLike):
        return read_document(given)
    refused = InputError([Problem(Where(field=INSIDE), _NOT_ONE(found=found_text(given)))])
    if not isinstance(given, CertificateFile | Mapping):
        raise refused
    try:
        text = given.text() if isinstance(given, CertificateFile) else json.dumps(given)
    except (TypeError, ValueError):  # no JSON
        raise refused from None
    return replace(parse_document(text, ".json"), file="")


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


def _sealed(document: Document, at: tuple[str, ...], data: Value) -> CertificateFile:
    """A certificate of the form that is read here, as it was made."""
    if not isinstance(data, Mapping):
        raise InputError([Problem(document.where(at), _NOT_ONE(found=found_text(data)), _SOLVE_AGAIN())])
    if data.get("schema") != CERTIFICATE_SCHEMA:
        raise InputError([_other_form(document.where((*at, "schema")), data.get("schema"))])
    try:
        file = CertificateFile.model_validate(data)
    except ValidationError as error:
        told = problems_of(error, lambda path: document.where((*at, *path)), CertificateFile, data)
        raise InputError(told[:MOST_TOLD]) from None
    found = seal_of(data)
    if file.seal != found:
        said = _CHANGED(said=file.seal[:_SHOWN], found=found[:_SHOWN])
        raise InputError([Problem(document.where((*at, SEAL)), said, _SOLVE_AGAIN())])
    return file


def _other_form(where: Where, said: Value) -> Problem:
    ours = CERTIFICATE_SCHEMA.removeprefix(FAMILY)
    form = str(said).removeprefix(FAMILY)
    if not (str(said).startswith(FAMILY) and form.isascii() and form.isdecimal()):
        return Problem(where, _NO_FORM(found=found_text(said), ours=plain(f'"schema": "{CERTIFICATE_SCHEMA}"')), _SOLVE_AGAIN())
    if (len(form), form) < (len(ours), ours):
        return Problem(where, _OLD_FORM(form=form, ours=ours), _SOLVE_AGAIN())
    return Problem(where, _NEW_FORM(form=form, ours=ours), _UPDATE())
