"""How a command gives figures: as lines to read, as CSV or as JSON, with the state of the index that they are of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import click

from indexer.cli_options import Command, settings_options
from indexer.csv_lines import csv_line
from indexer.engine.contract import Status
from indexer.one_state import stated


@dataclass(frozen=True, slots=True)
class Form:
    """The form that is asked for, and the generation that the figures must be of, if any."""

    csv: bool
    json: bool
    generation: int | None

    def give(
        self, status: Status, rows: Iterable[tuple[str, ...]], facts: dict[str, Any], print_lines: Callable[[], None]
    ) -> None:
        """Write the rows, the facts or the lines, whichever is asked for."""
        if self.csv:
            for row in stated(rows, status):
                click.echo(csv_line(row), nl=False)
        elif self.json:
            state = {"generation": status.generation, "built_at": status.built_at.isoformat()}
            click.echo(json.dumps(facts | state, ensure_ascii=False, indent=2))
        else:
            print_lines()


def figure_options(csv_help: str = "En CSV.") -> Callable[[Command], Command]:
    """The options of a command of figures, which is given `form` and `settings`."""

    def options(command: Command) -> Command:
        def with_form(as_csv: bool, as_json: bool, generation: int | None, **others: Any) -> Any:
            return command(form=Form(as_csv, as_json, generation), **others)

        with_form.__name__, with_form.__doc__ = command.__name__, command.__doc__
        with_form.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
        click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")(with_form)
        click.option("--csv", "as_csv", is_flag=True, help=csv_help)(with_form)
        click.option(
            "--generation",
            type=click.IntRange(1),
            help="Ne compter que dans cet état de l’index, et refuser s’il n’est plus celui-là.",
        )(with_form)
        return settings_options(with_form)

    return options
