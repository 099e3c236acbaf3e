"""Asking a service over HTTP: politely, to the end, and never twice.

Only `transport` uses the network, and only `response_cache` the disk.
"""
