"""The folder with documents that the examples of the commands speak of."""

from ..cli.conftest import folder as folder
