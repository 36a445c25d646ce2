"""What a page carries inside itself: data that can't end its element, and scripts that its policy names."""

from __future__ import annotations

import base64
import hashlib
import json

from markupsafe import Markup


def json_script(value: object) -> Markup:
    r"""JSON for a script element: nothing in it can end the element or begin a comment.

    >>> print(json_script("</script>"))
    "\u003c/script\u003e"
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def csp_hash(text: str) -> str:
    """The name of an inline script or style sheet in the page's content security policy: no other may run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
