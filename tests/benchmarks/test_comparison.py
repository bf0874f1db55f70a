"""Tables from stored runs, and contradictions between them."""

from __future__ import annotations

import pytest

from benchmarks.comparison import comparison, contradictions, side_by_side, tier_rows
from benchmarks.tables import latest, table
from tests.benchmarks.records import Record, stored_run


def cells(text: str, who: str) -> list[str]:
    """The cells of the row of somebody."""
    row = next(line for line in text.splitlines() if f"| {who} |" in line)
    return [cell.strip() for cell in row.strip("|").split("|")]


def unfinished(**given: object) -> Record:
    """A peer that found a plan and proved only the first tier in its 60 s."""
    tiers = {"fair_share": [100, 100], "wishes": [46, 38]}
    return stored_run("highs_mip", status="feasible", proven_tiers=1, tiers=tiers, seconds={"split": 0.0, "solve": 60.0}, **given)


def test_row_of_giliran() -> None:
    """Our own row has proofs, seconds in the solve stage, from the loaded instance with the aim, and memory."""
    text = comparison([stored_run(), stored_run(run=2, seconds={"compile": 0, "solve": 3.0, "name_duty": 0, "audit": 0})])
    assert cells(text, "giliran")[2:] == ["2 of 2", "2 of 2", "none", "2.50 (2.00–3.00)", "1", "2.75 (2.50–3.00); aim 5", "120", "–"]


def test_ratio_of_a_finished_peer() -> None:
    """A peer that needs 6 s where giliran needs 2 s has ratio 3."""
    assert cells(comparison([stored_run(), stored_run("highs_mip")]), "highs_mip")[6] == "3"


def test_unfinished_peer_counts_as_at_least() -> None:
    """A peer without proof counts with its time, marked, and its open tier is named with the gap."""
    row = cells(comparison([stored_run(), unfinished()]), "highs_mip")
    assert row[2:7] == ["0 of 1", "1 of 2", "wishes: 8 of 46", "60.00 (60.00–60.00)", "≥ 30"]


def test_unfinished_giliran_counts_as_at_most() -> None:
    """A run that giliran did not prove is not left out where the peer proved it."""
    ours = stored_run(status="feasible", proven_tiers=1, tiers={"fair_share": [100, 100], "wishes": [41, 39]})
    assert cells(comparison([ours, stored_run("highs_mip")]), "highs_mip")[6] == "≤ 3"


def test_two_unfinished_have_no_ratio() -> None:
    """Seconds of two runs without proof say nothing."""
    ours = stored_run(status="feasible", proven_tiers=1, tiers={"fair_share": [100, 100], "wishes": [41, 39]})
    assert cells(comparison([ours, unfinished()]), "highs_mip")[6] == "–"


@pytest.mark.parametrize(("status", "ratio"), [("gave up", "≥ 30"), ("failed", "–")])
def test_runs_without_figures_stay_in(status: str, ratio: str) -> None:
    """A process that had to be ended counts with the budget, a failed one not at all; both are shown."""
    bare = {key: value for key, value in stored_run("highs_mip", status=status).items() if key not in ("seconds", "tiers", "peak_mb")}
    row = cells(comparison([stored_run(), bare]), "highs_mip")
    assert (row[2], row[6]) == (status, ratio)


def test_peer_better_than_a_proof_is_a_bug() -> None:
    """A value below a proven bound is reported, in the table too."""
    records = [stored_run(), stored_run("highs_mip", tiers={"fair_share": [100, 100], "wishes": [39, 39]})]
    assert contradictions(records) == ["B, seed 1: highs_mip reaches 39 in wishes, giliran has proven at least 40"]
    assert "**Bug:** B, seed 1" in comparison(records)


def test_giliran_better_than_a_proof_is_a_bug() -> None:
    """It may be the peer whose proof is wrong."""
    records = [stored_run(), stored_run("highs_mip", tiers={"fair_share": [102, 101], "wishes": [39, 39]}, proven_tiers=0)]
    assert contradictions(records) == ["B, seed 1: giliran reaches 100 in fair_share, highs_mip has proven at least 101"]


def test_later_tier_of_a_worse_plan_is_no_bug() -> None:
    """Who is worse in an earlier tier may be better in a later one."""
    worse = stored_run("highs_mip", status="feasible", proven_tiers=0, tiers={"fair_share": [104, 90], "wishes": [1, 0]})
    assert contradictions([stored_run(), worse]) == []


def test_plan_where_none_exists_is_a_bug() -> None:
    """A proof that there is no plan contradicts every plan."""
    assert contradictions([stored_run(status="infeasible"), stored_run("highs_mip")]) == [
        "B, seed 1: highs_mip has a plan, giliran has proven that there is none"
    ]


def test_only_the_same_instance_is_compared() -> None:
    """Runs with another seed or of another measurement contradict nothing."""
    better = stored_run("highs_mip", tiers={"fair_share": [1, 1], "wishes": [0, 0]})
    assert contradictions([stored_run(), better | {"run": 2}, better | {"when": "2026-01-06T08:00:00+00:00"}]) == []


def test_newest_measurement_with_peers() -> None:
    """A later run without peers does not hide the peers; the newest figures of giliran alone are in the plain table."""
    old, new = [stored_run(), stored_run("highs_mip")], [stored_run(when="2026-02-01T08:00:00+00:00", peak_mb=99)]
    assert side_by_side(old + new) == old
    assert latest(old + new) == new
    assert "| 99 |" in table(latest(old + new))


def test_plain_table_leaves_peers_out() -> None:
    """The table of the README has one row per case, with the aim of files to audited plan."""
    text = table([stored_run(aim_of="files"), stored_run("highs_mip", aim_of="files")])
    assert "| B | 1,000 × 5 | 8 (150) | 1 of 1 | 2.00 (2.00–2.00) | 4.00 (4.00–4.00) | 5 | 120 |" in text.splitlines()
    assert "highs_mip" not in text


def test_nothing_stored() -> None:
    """Without runs there is a sentence, not an error."""
    assert comparison([]) == table([]) == "Nothing is stored yet."


def test_rows_of_tiers() -> None:
    """Every tier of every run has its value, its bound and the peer's seconds."""
    text = tier_rows([stored_run(), unfinished(tier_seconds={"fair_share": 1.5, "wishes": 58.5})])
    assert "| B | 1 | giliran | fair_share | 100 | 100 | yes | – | – |" in text.splitlines()
    assert "| B | 1 | highs_mip | wishes | 46 | 38 | no | 58.50 | 6 |" in text.splitlines()


def textbook(**given: object) -> Record:
    """A peer with a tier of its own, which it has proven in 4 s."""
    own = {"tiers": {"spread": [3, 3], "wishes": [50, 50]}, "proven_tiers": 2, "proven": True}
    tiers = {"fair_share": [120, None], "wishes": [50, None]}
    seconds = {"split": 0.0, "solve": 4.0}
    return stored_run("cpsat_textbook", status="feasible", proven_tiers=0, tiers=tiers, own=own, seconds=seconds) | given


def test_peer_with_a_tier_of_its_own() -> None:
    """It has finished when its own tiers are proven; its plan is held against ours, and no bound of ours is claimed."""
    row = cells(comparison([stored_run(), textbook()]), "cpsat_textbook")
    assert row[2:7] == ["0 of 1 (its own: 1)", "0 of 2", "fair_share: no bound", "4.00 (4.00–4.00)", "2"]
    assert row[9] == "fair_share: 20"
    assert contradictions([stored_run(), textbook()]) == []


def test_rows_of_its_own_tiers() -> None:
    """A tier that only the peer has is listed with its value, bound and proof."""
    lines = tier_rows([stored_run(), textbook()]).splitlines()
    assert "| B | 1 | cpsat_textbook | spread | 3 | 3 | yes | – | – |" in lines
    assert "| B | 1 | cpsat_textbook | fair_share | 120 | – | no | – | 20 |" in lines


def test_best_plan_without_a_proof() -> None:
    """A search that finds the optimum without proving it is above it by nothing, and counts as at least."""
    tiers = {"fair_share": [100, None], "wishes": [40, None]}
    found = stored_run("timefold", status="feasible", proven_tiers=0, tiers=tiers)
    row = cells(comparison([stored_run(), found]), "timefold")
    assert (row[6], row[9]) == ("≥ 3", "nothing")


@pytest.mark.parametrize("status", ["broken", "not installed"])
def test_what_is_never_counted(status: str) -> None:
    """A broken plan and an absent peer have a row with their status and no figure."""
    bare = {key: value for key, value in stored_run("timefold", status=status).items() if key not in ("seconds", "tiers", "peak_mb")}
    assert cells(comparison([stored_run(), bare]), "timefold")[2:] == [status, *"–––––––"]
    assert contradictions([stored_run(), bare]) == []


def test_broken_plan_among_others() -> None:
    """Runs whose plan is broken are left out of seconds and ratio, and said."""
    given = stored_run("highs_mip", status="broken", run=2)
    bare = {key: value for key, value in given.items() if key not in ("seconds", "tiers", "peak_mb")}
    row = cells(comparison([stored_run(), stored_run(run=2), stored_run("highs_mip"), bare]), "highs_mip")
    assert (row[2], row[5], row[6]) == ("1 of 2, 1 broken", "6.00 (6.00–6.00)", "3")


def test_time_beyond_the_budget_proves_nothing() -> None:
    """An unfinished peer that overran its 60 s counts with 60 s, a finished one with what it took."""
    late = {"split": 0.0, "solve": 100.0}
    unproven = stored_run("timefold", status="feasible", proven_tiers=0, seconds=late)
    assert cells(comparison([stored_run(), unproven]), "timefold")[5:7] == ["100.00 (100.00–100.00)", "≥ 30"]
    assert cells(comparison([stored_run(), stored_run("scip", seconds=late)]), "scip")[6] == "50"


def test_peers_in_fewer_runs() -> None:
    """The table says in how many runs the peers took part when giliran made more."""
    records = [stored_run(), stored_run(run=2), stored_run("highs_mip")]
    assert "of 2 runs, seeds 1 to 2, peers in the first 1, each" in comparison(records)
    assert "peers in" not in comparison(records[:2])
