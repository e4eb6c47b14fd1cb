"""The table of hr.toml in polars, on all its threads: shared columns once, then a frame and a file for each arm."""

import sys

import numpy as np
import polars as pl
from names import FIRST, LAST


def main(units, arms, out):
    rng = np.random.default_rng(1)

    def choice(levels, p):
        return codes(rng.choice(len(levels), units, p=p), levels)

    def codes(values, levels):
        return pl.Series(values.astype(np.uint32)).cat.to(pl.Enum(levels))

    age = np.clip(np.rint(rng.normal(41, 10, units)), 18, 67).astype(np.int64)
    level = rng.binomial(6, 0.4, units)
    shared = pl.DataFrame({
        "unit_id": np.arange(units),
        "age": age,
        "region": choice(["north", "south", "east", "west", "centre"], [0.2, 0.25, 0.15, 0.3, 0.1]),
        "education": choice(["secondary", "bachelor", "master", "doctorate"], [0.3, 0.4, 0.25, 0.05]),
        "family": choice(["engineering", "sales", "finance", "support", "operations"], [0.25, 0.2, 0.1, 0.2, 0.25]),
        "level": level,
        "remote": rng.random(units) < 0.35,
        "commute": np.rint(rng.lognormal(np.log(25), 0.6, units)).astype(np.int64),
        "last_name": codes(rng.integers(0, len(LAST), units), LAST),
        "hired": pl.Series(rng.integers(12784, 20635, units).astype(np.int32)).cast(pl.Date),
        "tests": np.round(rng.normal(70, 12, units), 1),
        "u": rng.random(units),
        "v": rng.random(units),
        "z": rng.normal(0, 1, units),
    })
    for arm in range(arms):
        female = arm % 2 == 0
        frame = shared.with_columns(
            pl.lit("female" if female else "male").cast(pl.Enum(["male", "female"])).alias("gender"),
            pl.lit("Ms" if female else "Mr").cast(pl.Enum(["Mr", "Ms"])).alias("title"),
            ((pl.col("u") * len(FIRST)).cast(pl.UInt32) // 2 * 2 + int(female)).cat.to(pl.Enum(FIRST)).alias("first_name"),
            (pl.col("v") < (0.26 if female else 0.08)).alias("part_time"),
            pl.Series("gap", rng.poisson(5 if female else 2, units)),
            (((38_000 + 300 * pl.col("age") + 4_000 * pl.col("level") - 1_500 * int(female) + 5_000 * pl.col("z")) / 100).round().cast(pl.Int64) * 100).alias("salary"),
        ).drop("u", "v", "z")
        frame.write_parquet(f"{out}/arm-{arm}.parquet", compression="zstd", compression_level=1)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
