"""The graph as CSV files with a Frictionless data package that says what each column is."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from kg.class_tables import APART, Cell, Column, Table, tables

FOLDER: Final = "tables"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is run as a formula by a spreadsheet that opens the file."""


def csv_tables(store: Store, folder: Path) -> list[str]:
    """`tables/*.csv`, UTF-8 with a header, and `tables/datapackage.json`.

    A text that begins like a formula has an apostrophe before it. An empty cell means that no text says.
    """
    (folder / FOLDER).mkdir()
    resources = []
    for table in tables(store):
        path = folder / FOLDER / f"{table.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([column.name for column in table.columns])
            writer.writerows([_text(cell) for cell in row] for row in table.rows)
        resources.append(_resource(table, path))
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "zhengxie-kg",
        "title": "政协文本知识图谱",
        "description": f"Tables of a knowledge graph of CPPCC texts. Several values of a cell are parted by {APART}.",
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / FOLDER / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")
    return [f"{FOLDER}/{r['path']}" for r in resources] + [f"{FOLDER}/datapackage.json"]


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else text


def _resource(table: Table, path: Path) -> dict[str, object]:
    data = path.read_bytes()
    schema: dict[str, object] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = [table.key]
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.english,
        "path": path.name,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, object]:
    several = f"; several parted by {APART}" if column.several else ""
    field: dict[str, object] = {
        "name": column.name,
        "type": column.kind,
        "title": column.title,
        "description": f"{column.english}{several}",
    }
    if column.property:
        field["rdfType"] = column.property
    if column.name == "id":
        field["constraints"] = {"required": True, "unique": True}
    return field
