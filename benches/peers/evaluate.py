"""Ten million predictions in random order: the paired table of two arms by jumelles, polars and DuckDB, whole processes in turn.

    python3 benches/peers/evaluate.py [--rounds 5] [--units 5000000]

Prints a section for BENCHMARKS.md. The peers read record_id, unit_id and arm of the suite, join the predictions to them, and count
the four kinds of pairs; jumelles does that and all else that `evaluate` says: intervals, tests, the verdict, factual records, and a
search for slices over all columns that units can be cut by.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from run import HERE, ROOT, environment, spread, timed

POLARS = """
import sys, polars as pl
suite = pl.scan_parquet(sys.argv[1] + "/data/**/*.parquet").select("record_id", "unit_id", pl.col("arm").cast(pl.String))
scores = pl.scan_parquet(sys.argv[2])
pairs = suite.join(scores, on="record_id", how="left")
female, male = (pairs.filter(pl.col("arm") == arm).select("unit_id", "decision") for arm in ("female", "male"))
print(female.join(male, on="unit_id").group_by("decision", "decision_right").len().collect())
"""

DUCKDB = """
import sys, duckdb
print(duckdb.sql(f'''
    WITH pairs AS (
        SELECT unit_id, arm, decision FROM read_parquet('{sys.argv[1]}/data/*/*.parquet', hive_partitioning = false)
        LEFT JOIN '{sys.argv[2]}' USING (record_id)
    )
    SELECT f.decision, m.decision, count(*) FROM pairs f JOIN pairs m USING (unit_id)
    WHERE f.arm = 'female' AND m.arm = 'male' GROUP BY ALL
''').fetchall())
"""

PREDICTIONS = """
import sys, numpy as np, pyarrow as pa, pyarrow.parquet as pq
from pathlib import Path
ids = np.concatenate([pq.read_table(f, columns=["record_id"])["record_id"].to_numpy() for f in sorted(Path(sys.argv[1]).glob("data/*/*.parquet"))])
rng = np.random.default_rng(1)
ids = rng.permutation(ids)
pq.write_table(pa.table({"record_id": ids, "decision": rng.random(len(ids)) < 0.4}), sys.argv[2])
"""

POLICY = """
[policy]
name = "one"

[[criteria]]
name = "flips"
contrast = "total"
statistic = "net-flip"
limit = 0.01
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--units", type=int, default=5_000_000)
    arguments = parser.parse_args()
    python = environment()
    subprocess.run(["cargo", "build", "--release", "--quiet"], check=True, cwd=ROOT)
    jumelles = ROOT / "target" / "release" / "jumelles"
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        suite, predictions, policy, out = folder / "suite", folder / "predictions.parquet", folder / "policy.toml", folder / "out"
        policy.write_text(POLICY)
        subprocess.run([jumelles, "generate", HERE / "hr.toml", "-o", suite, "--units", str(arguments.units), "--quiet"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([python, "-c", PREDICTIONS, suite, predictions], check=True)
        runs = {
            "jumelles evaluate": [jumelles, "evaluate", suite, predictions, "--policy", policy, "--quiet"],
            "polars": [python, "-c", POLARS, suite, predictions],
            "DuckDB": [python, "-c", DUCKDB, suite, predictions],
        }
        measured = {name: [] for name in runs}
        for round_ in range(arguments.rounds):
            for name, command in runs.items():
                # A random decision is no pass: exit codes 1 and 3 are answers.
                seconds, _, peak, _ = timed(command, out, allowed=(0, 1, 3))
                measured[name].append((seconds, peak))
                print(f"{round_ + 1}/{arguments.rounds} {name}: {seconds:.2f} s, {peak:.0f} MiB", file=sys.stderr)
    base = measured["jumelles evaluate"]
    print(f"\n## Evaluating {2 * arguments.units:,} predictions in random order\n\n| | seconds | peak MiB | jumelles is faster by | memory, times jumelles' |\n|---|---|---|---|---|")
    for name, rows in measured.items():
        seconds, peak = zip(*rows)
        ratio = spread([r[0] / b[0] for b, r in zip(base, rows)])
        memory = spread([r[1] / b[1] for b, r in zip(base, rows)])
        print(f"| {name} | {spread(seconds)} | {max(peak):.0f} | {ratio} | {memory} |")


if __name__ == "__main__":
    main()
