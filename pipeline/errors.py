"""Errors that speak to the person: what is wrong, where, what to do. One sentence each."""


class Refused(Exception):
    """The request cannot be carried out as asked; the message is one sentence for the user.

    Every error of ours derives from it. The command line prints it on one line and exits with 1.
    """


class UnreadableFile(Refused):
    """A file is damaged, empty, or not of a kind that a reader knows."""


class BadConfiguration(Refused):
    """A configuration file has an unknown key or a value outside its type; names file and key."""


class UnknownSource(Refused):
    """No source, or more than one, fits a file's headers; names the candidates."""


class OutOfScope(Refused):
    """What was asked for is not visible to this viewer; says "not found", never what exists."""


class QualityStop(Refused):
    """A rule's threshold was crossed: the batch is loaded, publishing is stopped."""


class Busy(Refused):
    """Another ingest holds the warehouse."""
