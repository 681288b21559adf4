#!/usr/bin/env python3
"""Counts the results of a test run, prints what the real-network tests measured, and judges the run.

The last line is 'N passed, N failed'; tests that were skipped are named before it. Beside tests that failed these count as
failed: other steps of the run, a test run that ended early or had no real-network test, each of those that was skipped.
"""
import argparse
import collections
import sys
import xml.etree.ElementTree as ElementTree

NAMESPACE = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}


def read_listed(path):
    """Returns the names of the tests in the output of 'dotnet test --list-tests', which indents them."""
    with open(path, encoding="utf-8") as lines:
        return {line.strip() for line in lines if line.startswith("    ")}


def read_results(path, real_network):
    """Yields (name, outcome, is_real_network, output) of each test."""
    root = ElementTree.parse(path).getroot()
    for result in root.iterfind(".//t:UnitTestResult", NAMESPACE):
        name = result.get("testName")
        output = result.findtext("t:Output/t:StdOut", "", NAMESPACE)
        yield name, result.get("outcome"), name in real_network, output


def judge(results, test_exit):
    """Returns what is wrong with the run apart from tests that failed, in sentences."""
    faults = []
    for name, outcome, is_real_network, _ in results:
        if is_real_network and outcome == "NotExecuted":
            faults.append(f"the real-network test {name} was skipped.")
    if not any(is_real_network for _, _, is_real_network, _ in results):
        faults.append("no real-network test ran.")
    if test_exit != 0 and not any(outcome == "Failed" for _, outcome, _, _ in results):
        faults.append(f"the test run ended with {test_exit} though no test failed.")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("results", help="the run's TRX file (which says nothing of categories)")
    parser.add_argument("--real-network", required=True, help="the list of the real-network tests")
    parser.add_argument("--test-exit", type=int, required=True)
    parser.add_argument("--other-failures", type=int, default=0)
    arguments = parser.parse_args()
    try:
        results = list(read_results(arguments.results, read_listed(arguments.real_network)))
    except (OSError, ElementTree.ParseError) as error:
        print(f"CI: there are no test results: {error}", file=sys.stderr)
        print(f"0 passed, {1 + arguments.other_failures} failed")
        return 1
    for name, _, is_real_network, output in results:
        if is_real_network and output:
            print(f"--- {name}\n{output.rstrip()}")
    faults = judge(results, arguments.test_exit)
    for fault in faults:
        print(f"CI: {fault}", file=sys.stderr)
    counts = collections.Counter(outcome for _, outcome, _, _ in results)
    passed, skipped = counts["Passed"], counts["NotExecuted"]
    failed = len(results) - passed - skipped + len(faults) + arguments.other_failures
    sys.stderr.flush()
    for name, outcome, _, _ in results:
        if outcome == "NotExecuted":
            print(f"skipped: {name}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
