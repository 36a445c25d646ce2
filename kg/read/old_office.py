"""Files of old office programs (.doc, .wps) and those of others (.rtf, .odt): LibreOffice makes Word files of them.

LibreOffice runs without a window, in an empty profile of its own that allows no macros and follows no links, under a
neutral file name and for a limited time. What it makes is read as any Word file.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read import word
from kg.read.archive import KINDS, another_format, damaged, real_ending

_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_READ = (".doc", ".rtf", ".odt")
_FILTERS = {".rtf": "Rich Text Format", ".odt": "writer8"}
"""How LibreOffice calls the format, so that it never takes the bytes for something else."""
_NO_CHARACTER = re.compile("\ufffd|_xfff[ef]_")
"""What LibreOffice puts where a damaged file has bytes for characters."""
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of an old Word file, or of one that its ending calls so and that is really a newer one.

    Raises Unreadable where LibreOffice is not installed, fails or takes longer than `limits.convert_seconds`; for a
    password; for what is no text of an office program, saying what it is; and as `word.read` does.
    """
    ending = real_ending(data)
    if ending == ".docx":
        return word.read(data, name, limits)
    if ending not in _READ:
        raise another_format(ending, name, _READ)
    reading = word.read(convert(data, name, limits, ending, ".docx"), name, limits)
    if _NO_CHARACTER.search(reading.text):
        raise damaged(name)
    return reading


def convert(data: bytes, name: str, limits: Limits, ending: str, into: str) -> bytes:
    """What LibreOffice makes of a file: `ending` says what the bytes are (`.doc`), `into` what is wanted (`.docx`).

    Raises Unreadable where LibreOffice is not installed, fails or takes longer than `limits.convert_seconds`.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Unreadable(KINDS[ending], where=name, hint=f"install LibreOffice, or save it as {into}")
    with tempfile.TemporaryDirectory(prefix="kg-", ignore_cleanup_errors=True) as made:
        folder = Path(made).resolve()
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source, out = folder / f"text{ending}", folder / "out"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile.parent.as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *([f"--infilter={_FILTERS[ending]}"] if ending in _FILTERS else []),
            *("--convert-to", into[1:], "--outdir", str(out), str(source)),
        ]
        if not _runs(command, folder, limits.convert_seconds):
            what = f"LibreOffice needs more than {limits.convert_seconds} seconds"
            raise Unreadable(what, where=name, hint=f"save it as {into}, or raise limits.convert_seconds in kg.toml")
        converted = out / f"text{into}"
        if not converted.is_file():
            raise Unreadable(
                f"{KINDS[ending]} that LibreOffice cannot read", where=name, hint=f"open it and save it as {into}"
            )
        return converted.read_bytes()


def _runs(command: list[str], folder: Path, seconds: int) -> bool:
    """Whether a command ends in time; if not, it is stopped with all that it started."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**kept, "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            _stop(process)
    return True


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
