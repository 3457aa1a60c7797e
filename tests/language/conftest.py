"""The folder with documents that the examples of the commands speak of."""

from ..cli.conftest import folder  # noqa: F401 - a fixture
