"""Commands about a ledger."""

from __future__ import annotations

import click


class LedgerGroup(click.Group):
    """A group that takes the name of an office for its command `list`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            args = ["list", *args]
        return super().resolve_command(ctx, args)
