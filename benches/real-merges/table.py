#!/usr/bin/env python3
"""Print the table of codex-merge/README.md from the results that `run` left
in its work folder. Fails where results are missing, after printing the rest.
"""
import argparse
import json
import sys
from pathlib import Path

from corpus import load_metas
from report import (CLEAN, GOOD, RIGHT, by_git, calibration, count, of_class,
                    percent, sure, wilson)

TOOLS = ('mergiraf', 'union', 'codex')
FAMILIES = (('Ruby', 'ruby'), ('TypeScript', 'ts'))
NOTHING = '–'
ASKED = {
    'ruby': ('≥ 72 %', '≥ 97 %', '≥ 37 / 75 %', '≤ 1/6'),
    'ts': ('≥ 66 % (78 %)', '≥ 97 %', '≥ 39 % (44 %) / 70 %', '≤ 1/8'),
}


class Results:
    """The results of one tool; rows is None where a stratum is missing."""

    def __init__(self, work, tool):
        self.rows = {}
        self.missing = []
        for stratum in 'AB':
            file = work / f'{tool}-{stratum}.json'
            if file.exists():
                self.rows[stratum] = json.loads(file.read_text())['cases']
            else:
                self.missing.append(file)

    def conflicts(self, family):
        if 'A' not in self.rows:
            return None
        return [r for r in self.rows['A'] if r['family'] == family]

    def both(self):
        if self.missing:
            return None
        return self.rows['A'] + self.rows['B']


def resolved(rows):
    return (f'{percent(count(rows, GOOD), len(rows))} '
            f'({percent(count(rows, RIGHT), len(rows))})')


def all_cases(rows):
    return (f'{resolved(rows)} / '
            f'{percent(count(rows, GOOD), count(rows, CLEAN))}')


def faults(rows):
    errors = sum(bool(r.get('new_syntax_error')) for r in rows)
    return f'{errors} / {count(rows, ("crash",))} / {count(rows, ("timeout",))}'


def ratio(rows, of):
    """CPU time as a ratio, over the cases that both have."""
    if rows is None or of is None:
        return None
    mine, other = ({r['id']: r['cpu'] for r in x if 'cpu' in r}
                   for x in (rows, of))
    same = mine.keys() & other.keys()
    total = sum(other[i] for i in same)
    if not total:
        return None
    share = sum(mine[i] for i in same) / total
    if share >= 1:
        return f'{share:.2g}'
    return f'{share:.2f} (1/{1 / share:.1f})' if share else '0'


def rows_of_table(results, metas):
    """(label, cell of each tool, what is asked) of each row."""
    def row(label, cells, asked):
        return label, [NOTHING if c is None else c for c in cells], asked

    def each(label, rows, cell, asked):
        return row(label, [None if r is None else cell(r) for r in rows],
                   asked)

    tools = [results[t] for t in TOOLS]
    base = results['mergiraf']
    for title, family in FAMILIES:
        combined, right, everything, _ = ASKED[family]
        conflicts = [t.conflicts(family) for t in tools]
        some = [r and of_class(r, metas, ('combined',)) for r in conflicts]
        yield each(f'{title}, combined: resolved (order aside)', some,
                   resolved, combined)
        yield each(f'{title}, combined: right of clean, order aside', some,
                   lambda r: percent(count(r, RIGHT), count(r, CLEAN)), right)
        yield each(f'{title}, all: resolved (order aside) / right of clean',
                   conflicts, all_cases, everything)
    git = [by_git(t.rows['B'], metas) if 'B' in t.rows else None
           for t in tools]
    yield each('git clean and right, but spoiled', git,
               lambda r: f'{len(r) - count(r, GOOD)} of {len(r)}', '≤ 1')
    yield each('new syntax errors / crashes / time-outs',
               [t.both() for t in tools], faults, '0')
    for title, family in FAMILIES:
        yield row(f'CPU of A over that of mergiraf, {title}',
                  [ratio(t.conflicts(family), base.conflicts(family))
                   for t in tools], ASKED[family][3])
    yield row('CPU of B over that of mergiraf',
              [ratio(t.rows.get('B'), base.rows.get('B')) for t in tools],
              '≤ 2/3')
    said = [sure(t.rows.get('A', ()), metas, ('combined', 'other')) or None
            for t in tools]
    yield each('confidence: calibration error', said,
               lambda r: f'{calibration(r)[1]:.3f}', '≤ 0.05')
    yield each('confidence from 0.95: right (at least, by Wilson)', said,
               right_at_top, '≥ 93 %')
    yield each('confidence from 0.95: of all that is right', said,
               lambda r: percent(count(top(r), RIGHT), count(r, RIGHT)),
               '≥ 50 %')


def top(rows):
    return [r for r in rows if r['confidence'] >= .95]


def right_at_top(rows):
    rows = top(rows)
    n = count(rows, RIGHT)
    return (f'{percent(n, len(rows))} of {len(rows)} '
            f'({100 * wilson(n, len(rows)):.1f} %)')


def print_bins(rows, classes):
    """How true the confidence is, as a table of its own."""
    chosen = sure(*rows, classes)
    if not chosen:
        return
    bins, error = calibration(chosen)
    print(f'\nConfidence, {" and ".join(classes)}: {len(chosen)} answers, '
          f'calibration error {error:.3f}\n')
    print('| from | answers | said | seen |\n|---|---|---|---|')
    for b in bins:
        print(f'| {b["low"]:.2f} | {b["n"]} | {percent(b["said"], 1)} | '
              f'{percent(b["right"], b["n"])} |')


def print_sizes(results, metas):
    """How many cases the table is about."""
    for t in results.values():
        if not t.missing:
            rows = t.both()
            break
    else:
        return
    parts = []
    for title, family in FAMILIES:
        a = t.conflicts(family)
        combined = len(of_class(a, metas, ('combined',)))
        parts.append(f'{title}: {len(a)} conflicts, {combined} of them '
                     f'combined')
    clean = sum(r['stratum'] == 'B' for r in rows)
    print(f'{"; ".join(parts)}; {clean} that git merges cleanly\n')


def problems(results):
    """What keeps the table from being whole."""
    for tool, t in results.items():
        for file in t.missing:
            yield f'{file} is missing: run `run` again'
    for stratum in 'AB':
        ids = [{r['id'] for r in t.rows[stratum]} for t in results.values()
               if stratum in t.rows]
        if any(i != ids[0] for i in ids):
            yield (f'the results of stratum {stratum} are not about the same '
                   f'cases: run `run --fresh`')


def main():
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument('work', metavar='WORK_FOLDER', type=Path)
    a = ap.parse_args()
    metas = load_metas(a.work / 'cases')
    if not metas:
        sys.exit(f'no cases in {a.work / "cases"}: run `run` first')
    results = {tool: Results(a.work, tool) for tool in TOOLS}
    print_sizes(results, metas)
    print('| | ' + ' | '.join((*TOOLS, 'asked')) + ' |')
    print('|---' * (len(TOOLS) + 2) + '|')
    for label, cells, asked in rows_of_table(results, metas):
        print('| ' + ' | '.join((label, *cells, asked)) + ' |')
    for classes in (('combined', 'other'), ('one-side',)):
        print_bins((results['codex'].rows.get('A', ()), metas), classes)
    found = list(problems(results))
    sys.stdout.flush()
    for problem in found:
        print(f'table.py: {problem}', file=sys.stderr)
    sys.exit(bool(found))


if __name__ == '__main__':
    main()
