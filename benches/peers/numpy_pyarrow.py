"""The table of hr.toml as a careful NumPy and pyarrow script makes it: twins share what they share, an arm is a file."""

import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from names import FIRST, LAST

GROUP = 131_072


def category(codes, levels):
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(levels))


def main(units, arms, out):
    rng = np.random.default_rng(1)
    writers = {}
    for start in range(0, units, GROUP):
        n = min(GROUP, units - start)
        age = np.clip(np.rint(rng.normal(41, 10, n)), 18, 67).astype(np.int64)
        level = rng.binomial(6, 0.4, n)
        shared = {
            "unit_id": pa.array(np.arange(start, start + n)),
            "age": pa.array(age),
            "region": category(rng.choice(5, n, p=[0.2, 0.25, 0.15, 0.3, 0.1]), ["north", "south", "east", "west", "centre"]),
            "education": category(rng.choice(4, n, p=[0.3, 0.4, 0.25, 0.05]), ["secondary", "bachelor", "master", "doctorate"]),
            "family": category(rng.choice(5, n, p=[0.25, 0.2, 0.1, 0.2, 0.25]), ["engineering", "sales", "finance", "support", "operations"]),
            "level": pa.array(level),
            "remote": pa.array(rng.random(n) < 0.35),
            "commute": pa.array(np.rint(rng.lognormal(np.log(25), 0.6, n)).astype(np.int64)),
            "last_name": category(rng.integers(0, len(LAST), n), LAST),
            "hired": pa.array(rng.integers(12784, 20635, n).astype("int32")).cast(pa.date32()),
            "tests": pa.array(np.round(rng.normal(70, 12, n), 1)),
        }
        u = [rng.random(n) for _ in range(2)]
        z = rng.normal(0, 1, n)
        for arm in range(arms):
            female = arm % 2 == 0
            varying = {
                "gender": category(np.full(n, int(female)), ["male", "female"]),
                "title": category(np.full(n, int(female)), ["Mr", "Ms"]),
                "first_name": category((u[0] * len(FIRST)).astype(np.int32) // 2 * 2 + int(female), FIRST),
                "part_time": pa.array(u[1] < (0.26 if female else 0.08)),
                "gap": pa.array(rng.poisson(5 if female else 2, n)),
                "salary": pa.array(np.round((38_000 + 300 * age + 4_000 * level - 1_500 * female + 5_000 * z) / 100).astype(np.int64) * 100),
            }
            table = pa.table(shared | varying)
            if arm not in writers:
                writers[arm] = pq.ParquetWriter(f"{out}/arm-{arm}.parquet", table.schema, compression="zstd", compression_level=1)
            writers[arm].write_table(table, row_group_size=GROUP)
    for writer in writers.values():
        writer.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
