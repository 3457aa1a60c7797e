"""One module a command. Each offers a `COMMAND`; what it needs of the library it imports when it runs."""
