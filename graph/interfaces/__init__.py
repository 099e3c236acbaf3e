"""Where people and programs ask: the command line, the local server, agents, notebooks, and what all four ask."""
