"""What several tests share: the graph of the text that the repository ships, built once as users build it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def seed_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build folder of `data/texts/`, with what the package ships and no settings of one's own."""
    from kg.build import build
    from kg.settings import Settings

    out = tmp_path_factory.mktemp("seed") / "build"
    build([ROOT / "data" / "texts"], out, Settings(None))
    return out
