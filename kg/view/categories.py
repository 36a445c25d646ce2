"""五位一体, the axis that an office sorts its work by, in the order in which it is always said."""

from __future__ import annotations

from typing import Final

CATEGORIES: Final = ("经济建设", "政治建设", "文化建设", "社会建设", "生态文明建设")
"""By their labels; a committee's own scheme, and 其他, come after them."""
