"""Write docs/cli.md from the command line itself: `python docs/make_cli_page.py`.

A test makes the page again and compares, so that it never tells of a command that is gone.
"""

from __future__ import annotations

from pathlib import Path

from typer.cli import get_docs_for_click
from typer.core import TyperGroup
from typer.main import get_command

from kg.cli import app

PAGE = Path(__file__).parent / "cli.md"


def page() -> str:
    """The page as typer's own generator writes it, each command's summary in full."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    for command in group.commands.values():
        command.short_help = (command.help or "").partition("\n")[0]  # typer would cut it after 45 characters
    text = get_docs_for_click(obj=group, ctx=group.context_class(group), name="kg", title="The command line")
    return text.strip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
