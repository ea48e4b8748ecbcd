"""The few scripts that stand inside a page, and the Content-Security-Policy that lets these run and no others.

A page may ask for files of its own site and for nothing else, whatever an author, a library or a browser's fault puts
into it. A book is also read from disk, where a browser calls no two files "self": `file:` stands for them, and means
nothing to a page that was served.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

SCHEME = (
    'try{const s=localStorage.getItem("commissioning:scheme");'
    'if(s==="dark"||s==="light")document.documentElement.dataset.theme=s}catch{}'
)
"""The reader's own colours, before anything is drawn in others."""
MOUNT = "globalThis.commissioning?.mount(document.currentScript.previousElementSibling)"
"""Makes an exercise live while the page is still being read."""
INLINE = (SCHEME, MOUNT)


def digest(script: str) -> str:
    """A script's digest as a policy names it: sha256-…"""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def policy(inline: Iterable[str] = INLINE) -> str:
    """The policy of a page that holds these scripts, as the content of its `<meta>`."""
    scripts = " ".join(f"'{digest(script)}'" for script in inline)
    parts = {
        "default-src": "'none'",
        "script-src": f"'self' file: {scripts}".strip(),
        "style-src": "'self' file: 'unsafe-inline'",
        "img-src": "'self' file: data: blob:",
        "font-src": "'self' file:",
        "connect-src": "'self'",
        "form-action": "'self' file:",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())
