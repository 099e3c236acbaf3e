"""The command line: a module a command, as a rule of its name, which is loaded when the command is asked for."""
