"""Every error that Guiju raises on purpose.

GuijuError
|-- RefusedError            the rules or the data say no: tell the person why
|   |-- NotFoundError       an office, person, article, item... does not exist
|   |-- NotAllowedError     this person may not do this
|   `-- InvalidInputError   what was said or sent cannot be used
|-- OutsideServiceError     a component did not answer: trying again may help
|   |-- OutcomeUnknownError the call may have had its effect: look it up before repeating
|   |-- NotYetError         a limit is reached: nothing was done, due again later
|   `-- UnreachableError    the recipient cannot be reached: repeating does not help
|-- BadSignatureError       a caller could not prove who it is
`-- ConfigurationError      the installation is incomplete; shown to IT, then exit
    `-- StaleIndexError     the search index was built by another model or from other text
"""

from __future__ import annotations


class GuijuError(Exception):
    """Base of the tree.

    Attributes:
        code: Stable name for machines; the words for people are looked up by it
            in `bot/web/texts.yml` under `error.<code>`.
        details: Fields that the words may use; never message text or secrets.
    """

    code = "error"

    def __init__(self, code: str | None = None, /, **details: object) -> None:
        self.code = code or type(self).code
        self.details = details
        shown = ", ".join(f"{name}={value!r}" for name, value in details.items())
        super().__init__(f"{self.code}: {shown}" if shown else self.code)


class RefusedError(GuijuError):
    """The rules or the data say no; the person is told why."""

    code = "refused"


class NotFoundError(RefusedError):
    """Something that was named does not exist (HTTP 404)."""

    code = "not_found"


class NotAllowedError(RefusedError):
    """This person may not do this (HTTP 403)."""

    code = "not_allowed"


class InvalidInputError(RefusedError):
    """What was said or sent cannot be used (HTTP 422)."""

    code = "invalid_input"


class OutsideServiceError(GuijuError):
    """A component outside this process failed or stayed silent; retrying may help (HTTP 503)."""

    code = "outside_service"


class OutcomeUnknownError(OutsideServiceError):
    """A call was sent and its outcome is unknown: look it up before it is repeated."""

    code = "outcome_unknown"


class NotYetError(OutsideServiceError):
    """A limit is reached and nothing was done; trying again helps after `after_s` seconds."""

    code = "not_yet"

    def __init__(self, after_s: float, code: str | None = None, /, **details: object) -> None:
        super().__init__(code, **details)
        self.after_s = after_s


class UnreachableError(OutsideServiceError):
    """Nobody is there to receive it, for good: trying again does not help."""

    code = "unreachable"


class BadSignatureError(GuijuError):
    """A caller could not prove who it is (HTTP 401)."""

    code = "bad_signature"


class ConfigurationError(GuijuError):
    """The installation lacks something; one clear line for IT, exit code not 0."""

    code = "configuration"


class StaleIndexError(ConfigurationError):
    """A search index on disk was built by another model or from other text."""

    code = "stale_index"
