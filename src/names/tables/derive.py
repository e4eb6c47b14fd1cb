#!/usr/bin/env python3
"""Derive the name tables of jumelles from the published facts.

    python3 derive.py --fr-first-names FR.parquet --us-first-names US.parquet \
                      --fr-surnames FR.csv --us-surnames US.parquet --out .

Needs pyarrow only. Rebuilds the four tables byte for byte (with zstd 1.5.x inside
pyarrow; whatever the compressor, the payloads are the same, and their SHA-256 is printed
and stands in README.md). The rules are told, with their reasons, in README.md.

A table is a 12-byte header and one zstd frame:

    4 bytes  magic "JMNT"
    u8       format version (1)
    u8       kind: 1 first names, 2 surnames
    u16      zero
    u32      length of the payload before compression

All integers are little endian. The payload of a list of first names is

    u32  number of names n;  u16 first birth year;  u16 last birth year
    section  names in code point order, joined by line feeds (UTF-8)
    section  spans: for each name its female, then for each name its male series:
             u8 offset of its first year + 1 (0: no series), u8 number of years
    section  low bytes, one per year of each span: min(z, 255), where z is the zigzag code
             of the count minus the count one year earlier (0 before the span)
    section  escapes: the varint z - 255 for each low byte of 255

and of a list of surnames

    u32  number of names
    section  names in code point order, joined by line feeds (UTF-8)
    section  counts as varints, in the same order

where a section is a u32 length and that many bytes.
"""

import argparse
import collections
import csv
import hashlib
import pathlib
import re
import struct

import pyarrow as pa
import pyarrow.parquet as pq

VERSION = 1
FIRST_YEAR = 1930
COVERAGE = 0.95  # least share of the listed births that each sex and year keeps
# Least number of births over the kept years, or of bearers, of a name that stays.
BOUNDS = {"fr/first-names": 100, "us/first-names": 300, "fr/surnames": 3, "us/surnames": 1250}

LEVEL = 19  # of zstd
LETTERS = "A-Za-zÀ-ÖØ-öø-ÿŒœŸ"
PROPER_FIRST_NAME = re.compile(rf"[{LETTERS}]+(?:[-'][{LETTERS}]+)*")
VOWEL = re.compile("[aeiouyàâäæèéêëîïôöœùûüÿ]", re.IGNORECASE)

# Entries of the SSA files that stand for "no name given" or are titles, not names.
US_PLACEHOLDERS = frozenset(
    "Baby Babyboy Babygirl Boy Child Female Girl Infant Infantof Jr Male Master Mister Mr Name"
    " Newborn Noname Notnamed Sir Sister Twina Unknown Unnamed".split()
)


# --- spelling ---------------------------------------------------------------------------


def proper_case(upper):
    """MARIE-CLAUDE -> Marie-Claude, N'DEYE -> N'Deye, EVAN'S -> Evan's, D'ARTAGNAN -> D'Artagnan.

    A capital follows a hyphen always, an apostrophe only after a single letter (an elided
    article or a prefix: D', L', M', N', O')."""

    def segment(text):
        head, apostrophe, tail = text.partition("'")
        head = head[:1].upper() + head[1:].lower()
        if not apostrophe:
            return head
        return head + "'" + (segment(tail) if len(head) == 1 else tail.lower())

    return "-".join(segment(part) for part in upper.split("-"))


def us_surname(upper):
    """MCDONALD -> McDonald; everything else gets one capital (OBRIEN -> Obrien: the Census
    publishes no apostrophes and no spaces, and where they stood cannot be told)."""
    if upper.startswith("MC") and len(upper) >= 5:
        return "Mc" + upper[2:].capitalize()
    return upper.capitalize()


WORD = r"[A-ZÀ-ÖØ-ÞŒŸ][a-zß-öø-ÿœ]+"
FR_SURNAME = re.compile(
    rf"(?:(?:Le|La|Les|Da|Dos|El|Ben|Van) )?(?:[DLMNO]')?{WORD}(?:'[a-zß-öø-ÿœ]+)?(?:-{WORD})*|{WORD}c'h"
)


# --- reading ----------------------------------------------------------------------------


def read_first_names(path, spell, placeholders):
    """{(sex, name): {year: births}} from FIRST_YEAR on, and the births that the file lists."""
    table = pq.read_table(path, columns=["sex", "name", "birth_year", "n"])
    series, listed, dropped = collections.defaultdict(dict), collections.Counter(), collections.Counter()
    for sex, name, year, n in zip(*(column.to_pylist() for column in table.columns)):
        if year is None or year < FIRST_YEAR or name.startswith("_"):
            continue
        listed[sex, year] += n
        name = spell(name)
        if (
            len(name) < 2
            or name in placeholders
            or not PROPER_FIRST_NAME.fullmatch(name)
            or not VOWEL.search(name)
        ):
            dropped[name] += n
            continue
        series[sex, name][year] = series[sex, name].get(year, 0) + n
    return series, listed, dropped


def read_fr_surnames(path):
    counts, dropped = collections.Counter(), collections.Counter()
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["surname"].strip().replace("’", "'")
            (counts if FR_SURNAME.fullmatch(name) else dropped)[name] += int(row["n_wikidata"])
    return counts, dropped


def read_us_surnames(path):
    table = pq.read_table(path, columns=["name", "count"])
    counts, dropped = collections.Counter(), collections.Counter()
    for name, n in zip(*(column.to_pylist() for column in table.columns)):
        if name is None or len(name) < 2 or not name.isalpha() or name == "JR":
            dropped[name] += n
        else:
            counts[us_surname(name)] += n
    return counts, dropped


# --- writing ----------------------------------------------------------------------------


def varint(value):
    out = bytearray()
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def section(content):
    return struct.pack("<I", len(content)) + content


def write_table(path, kind, payload):
    frame = pa.Codec("zstd", compression_level=LEVEL).compress(payload, asbytes=True)
    content = b"JMNT" + struct.pack("<BBHI", VERSION, kind, 0, len(payload)) + frame
    path.write_bytes(content)
    print(f"  {path.name}: {len(content)} bytes; payload {len(payload)} bytes, sha256 {hashlib.sha256(payload).hexdigest()}")


def first_names_payload(names, series, last_year):
    spans, low, escapes = bytearray(), bytearray(), bytearray()
    for sex in "FM":
        for name in names:
            counts = series.get((sex, name))
            if not counts:
                spans += b"\0\0"
                continue
            first, last = min(counts), max(counts)
            spans += bytes([first - FIRST_YEAR + 1, last - first + 1])
            before = 0
            for year in range(first, last + 1):
                step = counts.get(year, 0) - before
                before += step
                code = 2 * step if step >= 0 else -2 * step - 1
                low.append(min(code, 255))
                if code >= 255:
                    escapes += varint(code - 255)
    return (
        struct.pack("<IHH", len(names), FIRST_YEAR, last_year)
        + section("\n".join(names).encode())
        + section(bytes(spans))
        + section(bytes(low))
        + section(bytes(escapes))
    )


def derive_first_names(path, out, bound, spell, placeholders=frozenset()):
    series, listed, dropped = read_first_names(path, spell, placeholders)
    totals = collections.Counter()
    for (_, name), counts in series.items():
        totals[name] += sum(counts.values())
    names = sorted(name for name, total in totals.items() if total >= bound)
    kept, kept_names = collections.Counter(), set(names)
    for (sex, name), counts in series.items():
        if name in kept_names:
            for year, n in counts.items():
                kept[sex, year] += n
    last_year = max(year for _, year in listed)
    share = {cell: kept[cell] / listed[cell] for cell in listed}
    worst = min(share, key=lambda cell: (share[cell], cell))
    assert len(share) == 2 * (last_year - FIRST_YEAR + 1), "a sex and year is missing"
    assert share[worst] >= COVERAGE, f"{worst} keeps {share[worst]:.4f} of its births"
    print(
        f"{out.name}: {len(names)} of {len(totals)} names (at least {bound} births {FIRST_YEAR}-{last_year});"
        f" kept {sum(kept.values())} of {sum(listed.values())} births ({sum(kept.values()) / sum(listed.values()):.4%}),"
        f" least {share[worst]:.2%} in {worst}; dropped as no name: {len(dropped)} entries,"
        f" {sum(dropped.values())} births, {dropped.most_common(12)}"
    )
    write_table(out, 1, first_names_payload(names, series, last_year))


def derive_surnames(read, out, bound):
    counts, dropped = read
    names = sorted(name for name, n in counts.items() if n >= bound)
    kept, listed = sum(counts[name] for name in names), sum(counts.values()) + sum(dropped.values())
    print(
        f"{out.name}: {len(names)} names (at least {bound} bearers); kept {kept} of {listed} bearers"
        f" ({kept / listed:.2%}); dropped for their form: {len(dropped)} entries, {sum(dropped.values())}"
        f" bearers, {dropped.most_common(8)}"
    )
    payload = (
        struct.pack("<I", len(names))
        + section("\n".join(names).encode())
        + section(b"".join(varint(counts[name]) for name in names))
    )
    write_table(out, 2, payload)


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    for option in ("fr-first-names", "us-first-names", "fr-surnames", "us-surnames", "out"):
        parser.add_argument(f"--{option}", required=True, type=pathlib.Path)
    return parser.parse_args()


def main():
    given = arguments("derive the name tables of jumelles")
    derive_first_names(
        given.fr_first_names, given.out / "fr_first_names.bin", BOUNDS["fr/first-names"], proper_case
    )
    derive_first_names(
        given.us_first_names, given.out / "us_first_names.bin", BOUNDS["us/first-names"], str, US_PLACEHOLDERS
    )
    derive_surnames(read_fr_surnames(given.fr_surnames), given.out / "fr_surnames.bin", BOUNDS["fr/surnames"])
    derive_surnames(read_us_surnames(given.us_surnames), given.out / "us_surnames.bin", BOUNDS["us/surnames"])


if __name__ == "__main__":
    main()
