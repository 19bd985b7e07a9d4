"""One module a kind of exported file: how it is loaded, read back and compared."""
