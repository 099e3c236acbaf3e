"""The commands of ``lineage`` that have a module of their own; each is loaded when it is asked for."""
