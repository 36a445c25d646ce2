"""The commands of the command line, one a file: parse, call, say. What a command needs is imported inside it.

`kg query --list` must not wait for a tagger that it does not use.
"""
