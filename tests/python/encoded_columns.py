"""Reads what `examples/encoded_columns.rs` wrote: `python encoded_columns.py DIR`.

Every reader must see the same table in both files, and the same rows when a predicate lets it skip row groups and pages.
"""

import sys
from pathlib import Path

# Predicates over one column: an interval that holds few rows, or one level. The columns are sorted, random, known by code.
PREDICATES = {
    "id": (2**52 + 3 * 40_000, 2**52 + 3 * 40_100),
    "below_100": (-50, -49),
    "below_100_or_missing": (48, 60),
    "decimal": (-2.5, -2.4),
    "number_or_missing": (1.0, 1000.0),
    "text": ("00", "1"),
    "category_257": ("é500", "é600"),
    "category_5_or_missing": ("é15838", "é15838"),
}


def with_pyarrow(ours: str, theirs: str) -> None:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    ours_table, theirs_table = pq.read_table(ours), pq.read_table(theirs)
    assert ours_table.schema.equals(theirs_table.schema), "pyarrow: another schema"
    for name in theirs_table.column_names:
        ours_column, theirs_column = ours_table[name], theirs_table[name]
        if str(ours_column.type).startswith("dictionary"):
            ours_column, theirs_column = (c.cast("string") for c in (ours_column, theirs_column))
        assert ours_column.equals(theirs_column), f"pyarrow: {name} differs"
    statistics_hold(pq.ParquetFile(ours), pc)
    for name, (low, high) in PREDICATES.items():
        filters = [(name, ">=", low), (name, "<=", high)]
        counts = [pq.read_table(file, columns=["id"], filters=filters).num_rows for file in (ours, theirs)]
        assert counts[0] == counts[1] > 0, f"pyarrow: {name} finds {counts}"


def statistics_hold(file, pc) -> None:
    """The bounds that the footer gives are the values' own."""
    for group in range(file.num_row_groups):
        table = file.read_row_group(group)
        for at, name in enumerate(table.column_names):
            said, column = file.metadata.row_group(group).column(at), table[name]
            assert said.num_values == len(column), f"{name}: {said.num_values} values"
            if len(column) == 0:
                continue
            if str(column.type).startswith("dictionary"):
                column = column.cast("string")
            bounds = pc.min_max(column).as_py()
            assert said.statistics.null_count == column.null_count, f"{name}: wrong count of missing values"
            # Floating-point columns are said to be in IEEE 754 total order, whose bounds not every pyarrow reads.
            if column.null_count < len(column) and (said.statistics.has_min_max or column.type != "double"):
                assert (said.statistics.min, said.statistics.max) == (bounds["min"], bounds["max"]), name
            assert said.has_offset_index and said.has_column_index, f"{name}: no page index"


def with_duckdb(ours: str, theirs: str) -> None:
    import duckdb

    for one, other in ((ours, theirs), (theirs, ours)):
        query = f"SELECT count(*) FROM (SELECT * FROM '{one}' EXCEPT ALL SELECT * FROM '{other}')"
        assert duckdb.sql(query).fetchall() == [(0,)], "duckdb: other records"
    for name, (low, high) in PREDICATES.items():
        query = "SELECT count(*), sum(id) FROM '{}' WHERE \"{}\" BETWEEN ? AND ?"
        found = [duckdb.execute(query.format(file, name), [low, high]).fetchall() for file in (ours, theirs)]
        assert found[0] == found[1] and found[0][0][0] > 0, f"duckdb: {name} finds {found}"


def with_polars(ours: str, theirs: str) -> None:
    import polars as pl

    ours_frame, theirs_frame = pl.read_parquet(ours), pl.read_parquet(theirs)
    for name in theirs_frame.columns:
        kind = pl.String if theirs_frame[name].dtype == pl.Categorical else theirs_frame[name].dtype
        same = ours_frame[name].cast(kind).equals(theirs_frame[name].cast(kind), null_equal=True)
        assert same, f"polars: {name} differs"
    for name, (low, high) in PREDICATES.items():
        column = pl.col(name).cast(pl.String) if isinstance(low, str) else pl.col(name)
        within = column.is_between(pl.lit(low), pl.lit(high))
        found = [pl.scan_parquet(file).filter(within).select("id").collect() for file in (ours, theirs)]
        heights = [frame.height for frame in found]
        assert found[0].equals(found[1]) and heights[0] > 0, f"polars: {name} finds {heights}"


def main() -> None:
    ours, theirs = (str(Path(sys.argv[1]) / f"{name}.parquet") for name in ("encoded", "library"))
    for reader in (with_pyarrow, with_duckdb, with_polars):
        reader(ours, theirs)
        print(f"{reader.__name__.removeprefix('with_')}: the same in both files")


if __name__ == "__main__":
    main()
