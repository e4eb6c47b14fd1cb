#!/usr/bin/env python3
"""The golden names, by another road than the program's.

    python3 exact.py --fr-first-names FR.parquet --us-first-names US.parquet \
                     --fr-surnames FR.csv --us-surnames US.parquet --out .

Reads the publications, applies the definition of a quantile with exact fractions, and writes
first_names.txt and surnames.txt, with which the tests compare what the program draws from its
tables. Names at ranks (k + 1/2)/20, k = 0 ... 19, with the default bound on epicene names.
"""

import collections
import pathlib
import sys
from fractions import Fraction

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tables"))
import derive  # noqa: E402  (the rules on spelling and on what is a name)

YEARS = (1955, 1985, 2015)
BOUND, EPICENE_SHARE, WINDOW = Fraction(5, 100), Fraction(1, 5), 10
RANKS = [Fraction(2 * k + 1, 40) for k in range(20)]


def at_ranks(weights):
    """The names of (weight, name) pairs at RANKS, by falling weight, ties by name."""
    ordered = sorted(weights, key=lambda pair: (-pair[0], pair[1]))
    total = sum(weight for weight, _ in ordered)
    names = []
    for rank in RANKS:
        reached = 0
        for weight, name in ordered:
            reached += weight
            if reached >= rank * total:
                names.append(name)
                break
    return ", ".join(names)


def first_name_lines(list_id, series, bound):
    totals = collections.Counter()
    for (_, name), counts in series.items():
        totals[name] += sum(counts.values())
    names = sorted(name for name, total in totals.items() if total >= bound)

    def births(name, first, last):
        return [sum(n for year, n in series.get((sex, name), {}).items() if first <= year <= last) for sex in "FM"]

    for sex in ("F", "M", "epicene"):
        for year in YEARS:
            cell = [sum(births(name, year, year)[k] for name in names) for k in (0, 1)]
            weights = []
            for name in names:
                own = births(name, year, year)
                if own == [0, 0]:
                    continue
                views = births(name, 0, 9999), births(name, year - WINDOW, year + WINDOW)
                if sex == "epicene":
                    if all(Fraction(min(view), sum(view)) > EPICENE_SHARE for view in views):
                        weights.append((Fraction(own[0], cell[0]) + Fraction(own[1], cell[1]), name))
                else:
                    k = "FM".index(sex)
                    if own[k] and all(Fraction(view[1 - k], sum(view)) <= BOUND for view in views):
                        weights.append((own[k], name))
            yield f"{list_id} {sex} {year}: {at_ranks(weights)}\n"


def surname_line(list_id, counts, bound):
    return f"{list_id}: {at_ranks([(n, name) for name, n in counts.items() if n >= bound])}\n"


def main():
    given = derive.arguments(__doc__.splitlines()[0])
    fr = derive.read_first_names(given.fr_first_names, derive.proper_case, frozenset())[0]
    us = derive.read_first_names(given.us_first_names, str, derive.US_PLACEHOLDERS)[0]
    lines = [
        *first_name_lines("fr/first-names", fr, derive.BOUNDS["fr/first-names"]),
        *first_name_lines("us/first-names", us, derive.BOUNDS["us/first-names"]),
    ]
    (given.out / "first_names.txt").write_text("".join(lines), encoding="utf-8")
    lines = [
        surname_line("fr/surnames", derive.read_fr_surnames(given.fr_surnames)[0], derive.BOUNDS["fr/surnames"]),
        surname_line("us/surnames", derive.read_us_surnames(given.us_surnames)[0], derive.BOUNDS["us/surnames"]),
    ]
    (given.out / "surnames.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
