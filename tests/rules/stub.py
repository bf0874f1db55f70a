"""The stub of `giliran.rules`, made of the kinds that there are: `python -m tests.rules.stub` writes it."""

from __future__ import annotations

from pathlib import Path

import giliran.rules
from giliran.rules.registry import goal_kinds, rule_kinds

STUB = Path(giliran.rules.__file__).with_suffix(".pyi")
HEAD = '''"""Every kind of rule and goal by its class; written by `python -m tests.rules.stub`.

Fields take what a file holds ("50%", dates as text, one item for a list), so their types are not those of the attributes.
"""

from typing import Any

'''
HIDDEN = ("authority", "in_force", "yields_to", "kind")


def stub() -> str:
    """Its text: each class with the fields that a file may write."""
    kinds = sorted({**rule_kinds(), **goal_kinds()}.values(), key=lambda kind: kind.__name__)
    imports = "".join(
        f"from {kind.__module__} import {kind.__name__} as _{kind.__name__}\n" for kind in sorted(kinds, key=lambda k: k.__module__)
    )
    blocks = []
    for kind in kinds:
        names = [name for name in kind.model_fields if name not in HIDDEN]
        fields = "".join(f"        {name}: Any = ...,\n" for name in names)
        blocks.append(
            f"class {kind.__name__}(_{kind.__name__}):\n    def __init__(\n        self,\n        *,\n{fields}    ) -> None: ...\n"
        )
    return HEAD + imports + "\n" + "\n".join(blocks)


if __name__ == "__main__":
    STUB.write_text(stub(), encoding="utf-8")
