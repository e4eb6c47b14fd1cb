"""The table of hr.toml in DuckDB, on all its threads: a table of what is shared, then a COPY for each arm."""

import sys

import duckdb
from names import FIRST, LAST

NORMAL = "sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())"


def pick(levels, shares):
    """A category by its cumulative shares; `u` is drawn once a row."""
    upto, cases = 0.0, []
    for level, share in zip(levels, shares):
        upto += share
        cases.append(f"WHEN u < {upto:.4f} THEN '{level}'")
    enum = ", ".join(f"'{level}'" for level in levels)
    return f"(SELECT CASE {' '.join(cases)} ELSE '{levels[-1]}' END::ENUM({enum}))".replace("(SELECT ", "(").replace(" u ", " {u} ")


def main(units, arms, out):
    db = duckdb.connect()
    db.execute("CREATE TABLE first_names AS SELECT unnest($1::VARCHAR[]) AS name, generate_subscripts($1::VARCHAR[], 1) - 1 AS code", [FIRST])
    db.execute("CREATE TABLE last_names AS SELECT unnest($1::VARCHAR[]) AS name, generate_subscripts($1::VARCHAR[], 1) - 1 AS code", [LAST])
    region = pick(["north", "south", "east", "west", "centre"], [0.2, 0.25, 0.15, 0.3, 0.1]).format(u="u1")
    education = pick(["secondary", "bachelor", "master", "doctorate"], [0.3, 0.4, 0.25, 0.05]).format(u="u2")
    family = pick(["engineering", "sales", "finance", "support", "operations"], [0.25, 0.2, 0.1, 0.2, 0.25]).format(u="u3")
    db.execute(f"""
        CREATE TABLE shared AS SELECT unit_id, age, {region} AS region, {education} AS education, {family} AS family, level, remote,
            commute, last_names.name AS last_name, hired, tests, u, v, z
        FROM (
            SELECT range AS unit_id, least(greatest(round(41 + 10 * {NORMAL}), 18), 67)::BIGINT AS age,
                random() AS u1, random() AS u2, random() AS u3,
                list_sum([(random() < 0.4)::BIGINT, (random() < 0.4)::BIGINT, (random() < 0.4)::BIGINT, (random() < 0.4)::BIGINT,
                    (random() < 0.4)::BIGINT, (random() < 0.4)::BIGINT])::BIGINT AS level,
                random() < 0.35 AS remote, round(exp(ln(25) + 0.6 * {NORMAL}))::BIGINT AS commute,
                floor(random() * {len(LAST)})::BIGINT AS last, DATE '2005-01-01' + floor(random() * 7851)::INTEGER AS hired,
                round(70 + 12 * {NORMAL}, 1) AS tests, random() AS u, random() AS v, {NORMAL} AS z
            FROM range({units})
        ) JOIN last_names ON last = last_names.code
    """)
    for arm in range(arms):
        female = arm % 2 == 0
        db.execute(f"""
            COPY (
                SELECT unit_id, '{"female" if female else "male"}' AS gender, age, region, education, family, level, remote, commute,
                    last_name, hired, tests, '{"Ms" if female else "Mr"}' AS title, first_names.name AS first_name,
                    v < {0.26 if female else 0.08} AS part_time,
                    floor(-ln(1 - random()) * {5 if female else 2})::BIGINT AS gap,
                    round((38000 + 300 * age + 4000 * level - {1500 if female else 0} + 5000 * z) / 100)::BIGINT * 100 AS salary
                FROM shared JOIN first_names ON (floor(u * {len(FIRST) // 2})::BIGINT * 2 + {int(female)}) = first_names.code
            ) TO '{out}/arm-{arm}.parquet' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 131072)
        """)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
