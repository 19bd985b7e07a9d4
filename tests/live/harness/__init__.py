"""Proves exported files on real brokers: exports them, loads them, reads them back, compares them key by key."""
