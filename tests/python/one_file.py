"""A suite whose arms share a file holds, for three readers, what the suite with a file for each arm holds.

    python3 tests/python/one_file.py APART SHARED
"""

import sys
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq


def main(apart, shared):
    wanted = pq.read_table(apart / "data").sort_by("record_id")
    plain = pa.Table.from_arrays([column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column for column in wanted], wanted.column_names)
    files = sorted((shared / "data").glob("*.parquet"))
    assert files, "the suite has no file that arms share"

    def same(table, reader):
        table = pa.Table.from_arrays([column.cast(field.type) for column, field in zip(table.select(plain.column_names), plain.schema)], plain.column_names)
        assert table.sort_by("record_id").equals(plain), f"{reader} reads other records"

    same(pa.concat_tables([pq.read_table(file) for file in files]), "pyarrow")
    same(pl.read_parquet(files).to_arrow(), "polars")
    paths = [str(file) for file in files]
    same(duckdb.sql("SELECT * FROM read_parquet($paths, hive_partitioning = false)", params={"paths": paths}).to_arrow_table(), "DuckDB")
    # Predicates that skip row groups and pages read the same.
    arm = plain["arm"][0].as_py()
    one = plain.filter(pa.compute.equal(plain["arm"], arm))
    assert pq.read_table(files, filters=[("arm", "=", arm)]).num_rows == one.num_rows
    assert pl.scan_parquet(files).filter(pl.col("arm") == arm).collect().height == one.num_rows
    sizes = [sum(file.stat().st_size for file in (suite / "data").rglob("*.parquet")) for suite in (apart, shared)]
    print(f"pyarrow, polars and DuckDB read {plain.num_rows} records from {sizes[1]} bytes that arms share, {sizes[0]} apart")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
