# SPDX-License-Identifier: Apache-2.0
"""Runs the tests of this folder and prints who runs with whom."""
import os
import pathlib
import sys
import unittest

import peer


class MatrixResult(unittest.TextTestResult):
    """Keeps the outcome of each cell: (peer, ability) to a word."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.cells, self.reasons = {}, []

    def record(self, test, word):
        ability = getattr(getattr(test, test._testMethodName), "ability", None)
        if ability:
            self.cells[test.peer, ability] = word

    def addSuccess(self, test):
        super().addSuccess(test)
        self.record(test, "passed")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.record(test, "FAILED")

    def addError(self, test, err):
        super().addError(test, err)
        self.record(test, "FAILED")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        if reason not in self.reasons:
            self.reasons.append(reason)
        self.record(test, f"- ({self.reasons.index(reason) + 1})")


def print_matrix(result):
    peers = sorted({name for name, _ in result.cells})
    width = max(map(len, peers))
    print(f"\n{'':{width}}  " + "  ".join(f"{ability:12}" for ability in peer.ABILITIES))
    for name in peers:
        cells = (result.cells.get((name, ability), "") for ability in peer.ABILITIES)
        print(f"{name:{width}}  " + "  ".join(f"{word:12}" for word in cells))
    for number, reason in enumerate(result.reasons, 1):
        print(f"({number}) {reason}")


if __name__ == "__main__":
    if not (peer.PEERS / "complete").exists():
        print(f"the peers are not installed in {peer.PEERS}: run ./dev test")
        sys.exit(77)
    if pathlib.Path(sys.prefix) != peer.PEERS.resolve():
        os.execv(peer.PEERS / "bin" / "python3", [str(peer.PEERS / "bin" / "python3"), __file__, *sys.argv[1:]])
    names = sys.argv[1:] or sorted(path.stem for path in peer.HERE.glob("*_test.py"))
    runner = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=MatrixResult)
    outcome = runner.run(unittest.defaultTestLoader.loadTestsFromNames(names))
    print_matrix(outcome)
    sys.exit(not outcome.wasSuccessful())
