"""Citation lineage tells how we got from one paper to another.

The package is a stack of floors; imports only run downwards (see docs/design.md).
"""
