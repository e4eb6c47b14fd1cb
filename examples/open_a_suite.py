"""Opens a suite in the libraries that people use, and checks that they read what the manifest promises.

    python open_a_suite.py out/hiring                          with every library that is installed
    python open_a_suite.py out/hiring --with pyarrow duckdb    with these

A function `open_with_…` reads all records of the suite, then the one file of an arm, and returns both as columns.
A function `measure_with_…` takes records with the answers to judge, and returns how many records each arm has.
"""

import argparse
import hashlib
import importlib.util
import json
from collections import Counter
from pathlib import Path


def open_with_pyarrow(suite, arm):
    import pyarrow.dataset as ds
    import pyarrow.parquet as pq

    records = pq.read_table(f"{suite}/data")
    one_arm = pq.read_table(f"{suite}/data/arm={arm}/part-00000.parquet")

    # Reads only the folders that are needed; `arm` is a dictionary in the files, so it has to be one in folders' names.
    lazy = ds.dataset(f"{suite}/data", partitioning=ds.HivePartitioning.discover(infer_dictionary=True))
    assert lazy.to_table().equals(records)
    assert lazy.count_rows(filter=ds.field("arm") == arm) == records["arm"].to_pylist().count(arm)
    return records.to_pydict(), one_arm.to_pydict()


def open_with_pandas(suite, arm):
    import pandas as pd

    records = pd.read_parquet(f"{suite}/data")
    one_arm = pd.read_parquet(f"{suite}/data/arm={arm}/part-00000.parquet")
    return records.to_dict("list"), one_arm.to_dict("list")


def open_with_polars(suite, arm):
    import polars as pl

    records = pl.scan_parquet(f"{suite}/data", hive_partitioning=True).collect()
    one_arm = pl.read_parquet(f"{suite}/data/arm={arm}/part-00000.parquet")
    return records.to_dict(as_series=False), one_arm.to_dict(as_series=False)


def open_with_duckdb(suite, arm):
    import duckdb

    records = duckdb.sql(f"FROM read_parquet('{suite}/data/*/*.parquet', hive_partitioning = true)")
    one_arm = duckdb.sql(f"FROM '{suite}/data/arm={arm}/part-00000.parquet'")
    return [dict(zip(r.columns, zip(*r.fetchall()))) for r in (records, one_arm)]


def open_with_pyspark(suite, arm):
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[1]").getOrCreate()
    records = spark.read.parquet(f"{suite}/data")
    one_arm = spark.read.parquet(f"{suite}/data/arm={arm}/part-00000.parquet")

    # Spark puts a folder's name last, and promises no order.
    ordered = [r.select(one_arm.columns).orderBy("record_id") for r in (records, one_arm)]
    return [dict(zip(r.columns, zip(*r.collect()))) for r in ordered]


def open_with_datasets(suite, arm):
    import datasets

    records = datasets.load_dataset(suite)["train"]
    one_arm = datasets.load_dataset(suite, arm)["train"]
    truth = datasets.load_dataset(suite, "truth")["train"]
    one_file = datasets.load_dataset("parquet", data_files=f"{suite}/data/arm={arm}/part-00000.parquet")["train"]

    assert datasets.load_dataset(suite, "all")["train"].to_dict() == records.to_dict()
    assert one_file.to_dict() == one_arm.select(range(len(one_file))).to_dict()
    assert set(truth.column_names) & set(records.column_names) == {"unit_id"}, "truth among the records"
    return records.to_dict(), one_file.to_dict()


def open_with_mlcroissant(suite, arm):
    import mlcroissant

    croissant = mlcroissant.Dataset(f"{suite}/croissant.json")
    records = croissant.records("all")
    one_arm = croissant.records(arm)

    issues = croissant.metadata.ctx.issues
    assert not issues.errors and not issues.warnings, issues.report()
    for file in croissant.metadata.distribution:
        if isinstance(file, mlcroissant.FileObject):
            assert hashlib.sha256(Path(suite, file.content_url).read_bytes()).hexdigest() == file.sha256
    return croissant_columns(records), croissant_columns(one_arm)


def croissant_columns(records):
    """Croissant calls a column `record set/column`, and has texts as bytes."""
    columns = {}
    for record in records:
        for name, value in record.items():
            value = value.decode() if isinstance(value, bytes) else value
            columns.setdefault(name.split("/")[-1], []).append(value)
    return columns


def measure_with_fairlearn(records, outcome, answers, arm):
    from fairlearn.metrics import MetricFrame, count, selection_rate

    measures = {"selected": selection_rate, "records": count}
    frame = MetricFrame(metrics=measures, y_true=records[outcome], y_pred=answers, sensitive_features=records["arm"])
    assert frame.difference()["selected"] == 0
    return frame.by_group["records"].to_dict()


def measure_with_aif360(records, outcome, answers, arm):
    from aif360.datasets import StandardDataset

    # AIF360 and Aequitas take texts, not the categories of pandas.
    columns = records[["arm"]].astype(object).assign(answer=answers.astype(int))
    dataset = StandardDataset(columns, "answer", [1], protected_attribute_names=["arm"], privileged_classes=[[arm]])
    privileged = dataset.protected_attributes[:, 0] == 1
    selected = dataset.labels[:, 0] == dataset.favorable_label
    assert selected[privileged].mean() == answers.mean()
    return {**Counter(records["arm"]), arm: int(privileged.sum())}


def measure_with_aequitas(records, outcome, answers, arm):
    from aequitas.group import Group

    truth = records[outcome].astype(int)
    columns = records[["arm"]].astype(object).assign(score=answers.astype(int), label_value=truth)
    groups, _ = Group().get_crosstabs(columns)
    assert (groups["pprev"] == answers.mean()).all()
    return dict(zip(groups["attribute_value"], groups["group_size"]))


def check_records(manifest, arm, records, one_arm):
    """All records are there, and twins are equal in every column that does not vary."""
    expected = sum(file["rows"] for file in manifest["files"] if file["arm"])
    shared = [column["name"] for column in manifest["columns"] if not column["varies"]]
    arms = [entry["name"] for entry in manifest["arms"]]
    assert list(records) == list(one_arm) == [column["name"] for column in manifest["columns"]]
    assert Counter(records["arm"]) == dict.fromkeys(arms, manifest["units"])
    assert len(set(records["record_id"])) == expected
    for name, values in records.items():
        by_arm = {a: [v for v, at in zip(values, records["arm"]) if at == a] for a in arms}
        in_file = list(one_arm[name])
        # As texts, because a missing number is not equal to itself. A suite in parts has more files of the arm.
        assert repr(in_file) == repr(by_arm[arm][: len(in_file)]), f"{name} differs between folder and file"
        if name in shared:
            assert len(set(map(repr, by_arm.values()))) == 1, f"{name} differs between twins"
    return f"{expected} records in {len(arms)} arms, {len(shared)} columns the same in all"


def check_answers(manifest, arm, suite, measure):
    """A model that answers with the truth selects as many in every arm, so no measure may find a difference."""
    import pandas as pd

    truth = pd.read_parquet(f"{suite}/truth")
    records = pd.read_parquet(f"{suite}/data").merge(truth, on="unit_id")
    one_arm = pd.read_parquet(f"{suite}/data/arm={arm}/part-00000.parquet").merge(truth, on="unit_id")
    outcome = next(column["name"] for column in manifest["truth"] if column["role"] == "outcome")
    arms = [entry["name"] for entry in manifest["arms"]]
    assert measure(records, outcome, records[outcome], arm) == dict.fromkeys(arms, manifest["units"])
    assert measure(one_arm, outcome, one_arm[outcome], arm) == {arm: len(one_arm)}
    return f"{manifest['units']} answers in each of {len(arms)} arms, no difference"


OPEN = {name[10:]: function for name, function in globals().items() if name.startswith("open_with_")}
MEASURE = {name[13:]: function for name, function in globals().items() if name.startswith("measure_with_")}


def main():
    parser = argparse.ArgumentParser(description="Opens a suite in the libraries that people use.")
    parser.add_argument("suite", help="the folder of the suite")
    every = [*OPEN, *MEASURE]
    parser.add_argument("--with", dest="asked", nargs="+", choices=every, metavar="LIBRARY", help=", ".join(every))
    arguments = parser.parse_args()
    suite = arguments.suite
    manifest = json.loads(Path(suite, "suite.json").read_text(encoding="utf-8"))
    arm = manifest["arms"][0]["name"]
    for library in arguments.asked or every:
        if not arguments.asked and importlib.util.find_spec(library) is None:
            print(f"{library:<12} skipped: not installed")
        elif library in OPEN:
            print(f"{library:<12} {check_records(manifest, arm, *OPEN[library](suite, arm))}")
        else:
            print(f"{library:<12} {check_answers(manifest, arm, suite, MEASURE[library])}")


if __name__ == "__main__":
    main()
