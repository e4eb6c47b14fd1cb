"""Opens a suite in the tools that people use: `python open_a_suite.py DIR [READER …]`."""

import sys
from pathlib import Path


def with_pyarrow(suite: Path) -> int:
    import pyarrow.parquet as pq

    return pq.read_table(suite / "data").num_rows


def with_duckdb(suite: Path) -> int:
    import duckdb

    return duckdb.sql(f"SELECT count(*) FROM read_parquet('{suite}/data/*/*.parquet')").fetchall()[0][0]


def with_pandas(suite: Path) -> int:
    import pandas as pd

    return len(pd.read_parquet(suite / "data"))


def with_polars(suite: Path) -> int:
    import polars as pl

    return pl.read_parquet(f"{suite}/data/*/*.parquet").height


READERS = {"pyarrow": with_pyarrow, "duckdb": with_duckdb, "pandas": with_pandas, "polars": with_polars}


def main() -> None:
    suite, names = Path(sys.argv[1]), sys.argv[2:] or list(READERS)
    rows = {name: READERS[name](suite) for name in names}
    for name, count in rows.items():
        print(f"{name:<8} {count} records")
    assert len(set(rows.values())) == 1, "the readers disagree"


if __name__ == "__main__":
    main()
