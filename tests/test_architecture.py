"""Imports point one way, and kinds know nothing of each other."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from giliran.instance import InstanceRecord
from giliran.rules.base import Statement
from giliran.rules.registry import known

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1] / "solver" / "giliran"
MODULES = sorted(ROOT.rglob("*.py"))

LAYERS = (
    {"errors", "freeing", "messages", "text", "versions", "waiting"},
    {"domain"},
    {"magnitude", "program"},
    {"rules"},
    {"letters", "lists"},
    {"circulars", "instance", "generating"},
    {"books"},
    {"drafting"},
    {"arguments", "audit", "binding", "certificate", "chosen", "costing", "engine"},
    {"guide", "records", "reports"},
    {
        "background",
        "batching",
        "bending",
        "certifying",
        "clashes",
        "closing",
        "options",
        "preparing",
        "result",
        "runs",
        "solving",
        "starting",
    },
    {"arrays", "explaining", "warming", "whatif"},
    {"files"},
    {"service"},
    {"cli", "__main__"},
)
"""Parts of the package, lowest first; each may use its own layer and those before it. `giliran/__init__` only names names."""

RANK = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}


def part_of(path: Path) -> str:
    """The part of the package that a module belongs to."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@cache
def tree_of(path: Path) -> ast.Module:
    """The text of a module as Python reads it, read once."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path, *, for_types: bool = False) -> Iterator[str]:
    """Full names of the modules that a module imports anywhere, those for type checkers only if asked for."""
    tree = tree_of(path)
    skipped = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if node in skipped and not for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield str(node.module)


def own(names: Iterator[str]) -> set[str]:
    """Parts of giliran among imported modules."""
    return {name.split(".")[1] for name in names if name.startswith("giliran.")}


def home_of(kind: type[Statement]) -> str:
    """The module or package directly under `rules.kinds` or `rules.implied` that a kind lives in."""
    return ".".join(kind.__module__.split(".")[:4])


def within(module: str, home: str) -> bool:
    """Whether a module is a home, or belongs to it."""
    return f"{module}.".startswith(f"{home}.")


def relative(path: Path) -> str:
    """A module's path for the name of a test."""
    return path.relative_to(ROOT).as_posix()


def test_every_part_has_a_layer() -> None:
    """A new folder or module has to be given its place."""
    assert {part_of(path) for path in MODULES} - {"__init__"} == set(RANK)


def test_the_design_tells_the_layers() -> None:
    """The page on the design has the layers in their order."""
    text = (ROOT.parent / "README.md").read_text(encoding="utf-8")
    told = next(block for block in text.split("```") if block.startswith("text\nerrors"))
    assert [set(layer.replace(",", " ").split()) for layer in told.removeprefix("text\n").split("→")] == [
        parts - {"__main__"} for parts in LAYERS
    ]


@pytest.mark.parametrize("path", [path for path in MODULES if path != ROOT / "__init__.py"], ids=relative)
def test_imports_point_one_way(path: Path) -> None:
    """A module imports only from its own layer and those below."""
    rank = RANK[part_of(path)]
    above = {part for part in own(imports(path)) if RANK[part] > rank}
    assert not above, f"{relative(path)} imports {sorted(above)} from above"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_only_the_engine_knows_solvers(path: Path) -> None:
    """No other folder imports ortools or highspy."""
    if part_of(path) != "engine":
        assert not {name.split(".")[0] for name in imports(path, for_types=True)} & {"ortools", "highspy"}


def test_the_audit_never_meets_the_solver() -> None:
    """The audit imports neither engine nor program nor ortools."""
    assert not {"engine", "program", "solving", "clashes"} & own(imports(ROOT / "audit.py", for_types=True))


def test_certificates_are_checked_without_the_engine() -> None:
    """What checks certificates imports neither the engine nor what calls it."""
    for path in (ROOT / "certificate").rglob("*.py"):
        assert not {"engine", "solving", "clashes", "audit"} & own(imports(path, for_types=True)), relative(path)


def test_nobody_outside_the_rules_knows_a_kind() -> None:
    """The engine, solving, the audit and whoever else see answers of rules and what kinds share, never a kind."""
    for path in (path for path in MODULES if part_of(path) != "rules"):
        names = {name for name in imports(path, for_types=True) if within(name, "giliran.rules.kinds")}
        assert not names, relative(path)


def test_kinds_do_not_import_each_other() -> None:
    """The home of a kind is a file or a folder, and no home knows another."""
    homes = {home_of(kind) for kind in known().values()}
    for path in (*(ROOT / "rules" / "kinds").rglob("*.py"), *(ROOT / "rules" / "implied").rglob("*.py")):
        module = ".".join(["giliran", *path.relative_to(ROOT).with_suffix("").parts])
        others = {home for home in homes if not within(module, home)}
        assert not [name for name in imports(path, for_types=True) for home in others if within(name, home)], relative(path)


def test_nobody_names_a_kind_outside_its_file() -> None:
    """The word of a kind stands in its own file and in data, never in other code: whoever dispatches on it would drift.

    Words that are also sections of an instance (wishes) are looked for outside `arrays`, `instance` and `books` alone; kinds of facts,
    which stand in no file, are named after columns.
    """
    sections = set(InstanceRecord.model_fields)
    home = {word: home_of(kind) for word, kind in known().items() if kind.public}
    for path in MODULES:
        if part_of(path) == "generating":  # writes instance files, in which kinds are data
            continue
        texts = {node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant)}
        module = ".".join(["giliran", *path.relative_to(ROOT).with_suffix("").parts])
        named = {word for word in home if word in texts and not within(module, home[word])}
        named -= sections if part_of(path) in ("arrays", "instance", "books") else set()
        assert not named, f"{relative(path)} names {sorted(named)}"


KINDS = ("giliran.rules.kinds", "giliran.rules.implied")
"""Where kinds live."""

WRITERS = {
    "text/replacing.py",
    "text/appending.py",
    "text/trying.py",
    "text/leftovers.py",
    "engine/dispatch/backends.py",
    "engine/flow/apart.py",
}
"""The only modules that make, replace or remove files; all others ask them. Those of the engine have temporary folders of their own."""

IN_MEMORY = {"made.save(buffer)"}
"""Calls that are named as if they wrote files, and write what stays in memory."""

CHANGING = {
    *("write_text", "write_bytes", "unlink", "mkdir", "makedirs", "rmdir", "rmtree", "hardlink_to", "symlink_to", "touch", "rename"),
    *("chmod", "copy2", "copyfile", "copytree", "tofile", "save", "savez"),
    *("os.replace", "os.remove", "os.link", "os.symlink", "os.truncate"),
}


def changes_files(node: ast.AST) -> bool:
    """Whether a call makes, changes or removes a file."""
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func)
    name = called.rpartition(".")[2]
    words = [word.value for word in (*node.args, *(keyword.value for keyword in node.keywords)) if isinstance(word, ast.Constant)]
    to_write = name == "open" and any(isinstance(word, str) and set(word) & set("wax+") and len(word) <= 3 for word in words)
    moved = called.endswith(".replace") and len(node.args) == 1 and not node.keywords  # that of a text takes two
    return name in CHANGING or called in CHANGING or to_write or moved


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_few_write_files(path: Path) -> None:
    """Files are written where all of them are completed before the first is replaced, and nowhere else."""
    if relative(path) not in WRITERS:
        tree = tree_of(path)
        assert not {ast.unparse(node) for node in ast.walk(tree) if changes_files(node)} - IN_MEMORY


ROOMS = ("base", "presolve", "flow", "columns", "cpsat", "proofs", "dispatch", "duty", "run")
"""Folders of the engine, lowest first, and what the rest of the package calls; each may use its own room and those before it."""

ENGINE = sorted((ROOT / "engine").rglob("*.py"))


def room_of(path: Path) -> str:
    """The room of the engine that a module belongs to."""
    return path.relative_to(ROOT / "engine").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", [path for path in ENGINE if path != ROOT / "engine" / "__init__.py"], ids=relative)
def test_the_engine_points_one_way(path: Path) -> None:
    """Parts and arrays know no presolve, presolve no method, methods no proofs, and nothing knows who dispatches it."""
    rank = {room: rank for rank, room in enumerate(ROOMS)}
    rooms = {name.split(".")[2] for name in imports(path, for_types=True) if name.startswith("giliran.engine.")}
    assert not [room for room in rooms if rank[room] > rank[room_of(path)]]


def test_no_two_things_in_the_engine_share_a_name() -> None:
    """One word means one thing: no two modules, and no two classes, of the engine have the same name."""
    modules = [path.stem for path in ENGINE if path.stem != "__init__"]
    trees = [tree_of(path) for path in ENGINE]
    classes = [node.name.strip("_") for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    for names in (modules, classes):
        assert sorted(names) == sorted(set(names))


def loads(path: Path) -> set[str]:
    """Modules of giliran that are loaded with a module: what it imports outside functions, with the packages around."""
    found, waiting = set(), [*tree_of(path).body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("giliran"):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
        elif isinstance(node, ast.If | ast.Try | ast.With | ast.ClassDef) and "TYPE_CHECKING" not in ast.unparse(node)[:30]:
            waiting += node.body
    return found


def test_no_import_goes_in_a_circle() -> None:
    """Modules can be loaded in any order: none loads itself by way of others."""
    modules = {".".join(["giliran", *path.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__"): path for path in MODULES}
    graph = {name: (loads(path) & set(modules)) - {name} for name, path in modules.items()}
    list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the modules


def test_every_module_of_the_engine_stands_on_its_page() -> None:
    """The engine's words have one page: its rooms in their order, each with its modules and no others."""
    page = (ROOT / "engine" / "README.md").read_text(encoding="utf-8").partition("\n## Words")[0]
    told = {row[0]: re.findall(r"`(\w+)`", row[1]) for row in re.findall(r"^\| (\w*) \| (.*) \|$", page, re.MULTILINE)[1:]}
    there = {room: {path.stem for path in ENGINE if room_of(path) == room} - {"__init__"} for room in ROOMS}
    assert [*told] == [*ROOMS] and {room: set(names) for room, names in told.items()} == there


def test_every_word_of_the_engine_has_a_meaning() -> None:
    """A word on the engine's page stands there once, in a row that says what it is; a source may be wanting, the column not."""
    words = (ROOT / "engine" / "README.md").read_text(encoding="utf-8").partition("\n## Words")[2]
    rows = [[cell.strip() for cell in row.split("|")] for row in re.findall(r"^\|(.*)\|$", words, re.MULTILINE)]
    assert len(rows) > 2 and {len(row) for row in rows} == {3}
    assert not [word for word, meaning, _ in rows if not word or not meaning]
    assert not [word for word, often in Counter(row[0] for row in rows).items() if often > 1]


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_module_is_too_long(path: Path) -> None:
    """Nobody has to read more than four hundred lines to know one module."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_nothing_is_there_that_nobody_uses() -> None:
    """Functions and classes of modules are named somewhere else: here, in measurements, where instances are made; kinds are found."""
    kinds = {kind.__name__ for kind in known().values()}
    paths = [
        *MODULES,
        ROOT / "__init__.pyi",
        *(path for folder in ("benchmarks", "instances") for path in (ROOT.parents[1] / folder).rglob("*.py")),
    ]
    often = Counter(word for path in paths for word in re.findall(r"\w+", path.read_text(encoding="utf-8")))
    made = [(node, path) for path in MODULES for node in tree_of(path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    free = [(node.name, relative(path)) for node, path in made if not node.decorator_list and not node.name.startswith("__")]
    assert not [(name, path) for name, path in free if often[name] == 1 and name not in kinds]
