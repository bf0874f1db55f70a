"""Circular letters: their file format, those that come with giliran, and their resolution into rules.

A circular file says what the letter rules and leaves its open questions as parameters; `resolve` takes the answers and gives the
rules as `giliran.rules` reads them.
"""

from giliran.circulars.asking import asked
from giliran.circulars.checking import check_circular
from giliran.circulars.circular import SCHEMA, Circular, Expects
from giliran.circulars.describing import CircularPage, ExpectedPage, ParameterPage, RulePage, describe
from giliran.circulars.library import load_circular, names_file, packaged
from giliran.circulars.parameter import Grade, Parameter
from giliran.circulars.parameters import ParameterType, Value
from giliran.circulars.resolving import ResolvedCircular, resolve
from giliran.circulars.words import Words

__all__ = [
    "SCHEMA",
    "Circular",
    "CircularPage",
    "ExpectedPage",
    "Expects",
    "Grade",
    "Parameter",
    "ParameterPage",
    "ParameterType",
    "ResolvedCircular",
    "RulePage",
    "Value",
    "Words",
    "asked",
    "check_circular",
    "describe",
    "load_circular",
    "names_file",
    "packaged",
    "resolve",
]
