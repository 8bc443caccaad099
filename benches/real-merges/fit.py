#!/usr/bin/env python3
"""Count the confidence model anew from a log of places, and say how true it is
of repositories that it was not counted on.

The log is what the program place-log prints: one line for each place of a
clean answer, with these fields apart by tabs: case id, stratum, family, what
people did, outside_ok, verdict, rules, label (2 right, 1 right but for the
order of lines, 0 wrong), class and confidence of the place, confidence of the
answer.

Counted are the places of cases whose text outside of the conflicts is
untouched. Where people took one side whole, they count half: that choice is
often not about the texts. Many places of one class in one case weigh as much
as three.
"""
import argparse
import collections
import json
import math
import re
import sys
from pathlib import Path

from report import (GOOD, RIGHT, count, percent, show_calibration, wilson)

MERGE = Path(__file__).resolve().parents[2] / 'codex-merge/src'
MODEL = MERGE / 'confidence/model.rs'
ONE_SIDE = 0
MOST = 3
HEAD = '''\
//! The counts of the model, written by `benches/real-merges/fit.py`.

/// Merges whose edits leave unchanged lines between them: how many people \
committed as they come out, and how many there
/// are.
pub(super) const DISJOINT: (u32, u32) = (%d, %d);

/// For each class of places, how many people settled the same way, the order \
of new lines aside, and how many there are.
pub(super) const CLASSES: &[(&str, (u32, u32))] = &[
'''
Place = collections.namedtuple(
    'Place', 'case stratum family people outside_ok verdict rules label '
    'cls confidence whole')


def read_log(file):
    """The places of cases whose text outside of the conflicts is untouched."""
    places = []
    for number, line in enumerate(Path(file).read_text().splitlines(), 1):
        fields = line.split('\t')
        if len(fields) != len(Place._fields):
            sys.exit(f'{file}, line {number}: {len(fields)} fields')
        place = Place(*fields)
        if place.outside_ok.lower() == 'true':
            places.append(place._replace(
                label=int(place.label), confidence=float(place.confidence),
                whole=float(place.whole)))
    return places


def grouped(places, key):
    groups = collections.defaultdict(list)
    for place in places:
        groups[key(place)].append(place)
    return groups


def counted(places):
    """{class: (right, all)}, in whole numbers."""
    sums = collections.defaultdict(lambda: [0, 0])
    for (_, cls), ps in grouped(places, lambda p: (p.case, p.cls)).items():
        weight = min(1, MOST / len(ps))
        weight *= ONE_SIDE if ps[0].people == 'one-side' else 1
        sums[cls][0] += weight * sum(p.label > 0 for p in ps)
        sums[cls][1] += weight * len(ps)
    nearest = lambda x: math.floor(x + .5)
    return {cls: tuple(map(nearest, n)) for cls, n in sorted(sums.items())}


class Model:
    """P(correct) as codex-merge/src/confidence.rs computes it."""

    def __init__(self, classes, disjoint):
        text = (MERGE / 'confidence.rs').read_text()
        constant = lambda name: float(
            re.search(rf'const {name}: f64 = ([\d.]+);', text)[1])
        self.prior = constant('PRIOR')
        self.flagged = constant('FLAGGED')
        self.classes = classes
        self.disjoint = self.share(disjoint, (1, 1))

    @staticmethod
    def share(n, more):
        return (n[0] + more[0]) / (n[1] + more[1] + 1)

    def drawn(self, n, towards):
        return (n[0] + self.prior * towards) / (n[1] + self.prior)

    def of_class(self, cls):
        """P of a place."""
        rule = cls.split('/')[0]
        total = lambda ns: (sum(n for n, _ in ns), sum(of for _, of in ns))
        everything = self.share(total(self.classes.values()), (1, 2))
        of_rule = total([n for name, n in self.classes.items()
                         if name.split('/')[0] == rule])
        return self.drawn(self.classes.get(cls, (0, 0)),
                          self.drawn(of_rule, everything))

    def of_case(self, places):
        """P of an answer with these places."""
        p = math.prod(self.of_class(x.cls) for x in places) * self.disjoint
        # The log does not tell of flags, but they lower the whole.
        logged = math.prod(x.confidence for x in places)
        flags = places[0].whole < logged * (1 + self.flagged) / 2
        return p * self.flagged if flags else p


def left_out(places, refused, disjoint):
    """The rows that report.py wants, each repository by a model that was
    counted on the others."""
    repository = lambda p: p.case.split('/')[0]
    rows = []
    for name, own in grouped(places, repository).items():
        others = [p for p in places + refused if repository(p) != name]
        model = Model(counted(others), disjoint)
        for case, ps in grouped(own, lambda p: p.case).items():
            rows.append(dict(id=case, verdict=ps[0].verdict,
                             people=ps[0].people,
                             confidence=model.of_case(ps)))
    return rows


def show(rows):
    """Prints how true the confidence is."""
    for classes in (('combined', 'other'), ('one-side',)):
        rs = [r for r in rows if r['people'] in classes]
        show_calibration(rs, '+'.join(classes))
        if 'combined' in classes:
            top = [r for r in rs if r['confidence'] >= .95]
            n = count(top, RIGHT)
            print(f'    from 0.95: {percent(n, len(top))} of {len(top)} right '
                  f'(at least {100 * wilson(n, len(top)):.1f} %, by Wilson), '
                  f'{percent(n, count(rs, RIGHT))} of all that is right')


def known_disjoint(git):
    """DISJOINT, counted in results of git on stratum B or else as it is."""
    if git:
        rows = json.loads(git.read_text())['cases']
        return count(rows, GOOD), len(rows)
    found = re.search(r'DISJOINT: \(u32, u32\) = \((\d+), (\d+)\)',
                      MODEL.read_text())
    return int(found[1]), int(found[2])


def main():
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument('log', metavar='LOG', help='of the answers that are given')
    ap.add_argument('--everything', metavar='LOG',
                    help='made with a least confidence of 0: places of cases '
                         'that LOG lacks\nare counted too, so that classes '
                         'that are refused stay known')
    ap.add_argument('--git', metavar='JSON', type=Path,
                    help="git's results on stratum B, to count DISJOINT "
                         "(default: as it is)")
    ap.add_argument('--out', metavar='FILE', type=Path,
                    help='write the model here (codex-merge/src/confidence/'
                         'model.rs)')
    a = ap.parse_args()
    places = read_log(a.log)
    if not places:
        sys.exit(f'{a.log} has no places to count')
    given = {p.case for p in places}
    refused = [p for p in (read_log(a.everything) if a.everything else ())
               if p.case not in given]
    disjoint = known_disjoint(a.git)
    classes = counted(places + refused)
    print(f'{len(places)} places of {len(given)} answers, '
          f'{len(refused)} places of refused ones, {len(classes)} classes')
    show(left_out(places, refused, disjoint))
    if a.out:
        lines = [f'    ("{c}", ({n}, {of})),\n'
                 for c, (n, of) in classes.items()]
        a.out.write_text(HEAD % disjoint + ''.join(lines) + '];\n')


if __name__ == '__main__':
    main()
