"""The command line: `planlineage COMMAND`. The only place that prints.

A command is a module in `commands` that describes itself in a `Command`; `registry` lists them. Nothing heavy is imported
until a command runs, so that `--help` and mistakes answer at once.
"""
