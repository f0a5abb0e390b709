"""Sentences of a report: read for their figures, checked against each other and against the board.

reading   a text -> its figures, each with the term it stands for
checks    figures -> findings: sums, percentages, labels of periods
ours      figures beside the board's own for a period
"""

from pipeline.claims.checks import Finding, check
from pipeline.claims.ours import Compared, compare
from pipeline.claims.reading import Figure, Reading, read

__all__ = ["Compared", "Figure", "Finding", "Reading", "check", "compare", "read"]
