"""Certificates forged by somebody who knows how they are sealed: only what they say can give them away."""

from __future__ import annotations

from typing import Any

from giliran.certificate.digest import SEAL, seal_of


def resealed(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a certificate with the seal that belongs to it."""
    return {**data, SEAL: seal_of(data)}
