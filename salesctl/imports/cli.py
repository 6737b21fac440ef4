"""`import`: the nouns under it stand in modules of their own."""

import typer

app = typer.Typer()
