"""What the commands cost on the text that the repository ships, beside rdflib reading the same graph.

    python benchmarks/commands.py

CPU seconds of a whole process, user and system, the least of several runs. Other work on the machine moves seconds:
trust the ratios.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

TEXTS = Path(__file__).parent.parent / "data" / "texts"
RUNS = 3
READ_BY_RDFLIB = "from rdflib import Dataset; import sys; Dataset().parse(sys.argv[1], format='nquads')"


def cpu_seconds(arguments: list[str]) -> float:
    """The CPU time of a process that must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print a row a command."""
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/build"
        kg = [sys.executable, "-m", "kg"]
        rows = {
            "`kg build` (one newspaper page)": [*kg, "build", str(TEXTS), "--out", out],
            "`kg query --list`": [*kg, "query", "--list"],
            "`kg query proposals`": [*kg, "query", "proposals", "--build", out],
            "`kg show 经济界`": [*kg, "show", "经济界", "--build", out],
            "`kg connections`": [*kg, "connections", "--build", out],
            "`kg validate`": [*kg, "validate", "--build", out],
            "`kg view`": [*kg, "view", "--build", out],
            "rdflib reads the same graph.nq": [sys.executable, "-c", READ_BY_RDFLIB, f"{out}/graph.nq"],
        }
        print("## Commands\n\n| command | CPU, s |\n|---|--:|")
        for name, arguments in rows.items():
            print(f"| {name} | {min(cpu_seconds(arguments) for _ in range(RUNS)):.2f} |")


if __name__ == "__main__":
    main()
