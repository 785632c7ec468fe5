"""What can be wrong with a document as a whole."""

from __future__ import annotations

from bot.core.errors import GuijuError


class DocumentError(GuijuError):
    """A document cannot be read; details name the `file`, the `line` (from 1) and the `reason`.

    Codes: "document_broken", and "document_format" for a kind of file that is not read.
    """

    code = "document_broken"
