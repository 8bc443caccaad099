"""What the results of evaluate.py come to."""
import collections
import math

from corpus import CLASSES, human_class

VERDICTS = ('same', 'same-ws', 'any-order', 'different', 'conflict', 'crash',
            'timeout')
GOOD = ('same', 'same-ws')
RIGHT = GOOD + ('any-order',)
CLEAN = RIGHT + ('different',)
BINS = ((0, .5), (.5, .7), (.7, .8), (.8, .9), (.9, .95), (.95, 1.01))


def count(rows, verdicts):
    return sum(r['verdict'] in verdicts for r in rows)


def percent(n, of):
    return f'{100 * n / of:.1f} %' if of else '-'


def of_class(rows, metas, classes):
    """Those of stratum A where people did one of these."""
    return [r for r in rows if r['stratum'] == 'A'
            and human_class(metas[r['id']]) in classes]


def by_git(rows, metas):
    """Those of stratum B that git merges as people did."""
    return [r for r in rows
            if r['stratum'] == 'B' and metas[r['id']]['text_same']]


def sure(rows, metas, classes):
    """Clean answers with a confidence where people left everything outside of
    the conflicts alone."""
    return [r for r in of_class(rows, metas, classes)
            if 'confidence' in r and r['verdict'] in CLEAN
            and metas[r['id']]['outside_ok']]


def calibration(rows):
    """How true the confidence of clean answers is: (bins, expected
    calibration error)."""
    bins, error = [], 0
    for low, high in BINS:
        b = [r for r in rows if low <= r['confidence'] < high]
        if b:
            said = sum(r['confidence'] for r in b) / len(b)
            right = count(b, RIGHT)
            error += abs(said * len(b) - right) / len(rows)
            bins.append(dict(low=low, n=len(b), said=said, right=right))
    return bins, error


def wilson(k, n, z=1.96):
    """The lower end of the 95 % interval of a share of k in n."""
    if not n:
        return 0
    p = k / n
    centre = p + z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (centre - spread) / (1 + z * z / n)


def show(rows, metas, label):
    """Prints a report on the results of one command."""
    print(f'== {label}')
    families = sorted({r['family'] for r in rows})
    for stratum in 'AB':
        for family in families:
            rs = [r for r in rows
                  if (r['stratum'], r['family']) == (stratum, family)]
            if not rs:
                continue
            shown = ', '.join(
                f'{v} {count(rs, (v,))}' for v in VERDICTS if count(rs, (v,)))
            cpu = sum(r.get('cpu', 0) for r in rs)
            print(f'{stratum} {family}: {len(rs)} cases: {shown}')
            print(f'    resolved {percent(count(rs, GOOD), len(rs))}, right '
                  f'of clean {percent(count(rs, GOOD), count(rs, CLEAN))}, '
                  f'CPU {cpu:.1f} s')
            for cls in CLASSES if stratum == 'A' else ():
                c = of_class(rs, metas, (cls,))
                print(f'    {cls}: {len(c)}, resolved '
                      f'{percent(count(c, GOOD), len(c))} (order aside '
                      f'{percent(count(c, RIGHT), len(c))}), right of clean, '
                      f'order aside '
                      f'{percent(count(c, RIGHT), count(c, CLEAN))}')
    git = by_git(rows, metas)
    if git:
        print(f'git is right in {len(git)}; '
              f'not this command in {len(git) - count(git, GOOD)} of them')
    for classes in (('combined', 'other'), ('one-side',)):
        show_calibration(sure(rows, metas, classes), '+'.join(classes))


def show_calibration(rows, name):
    """Prints how true the confidence is; nothing where there is none."""
    if not rows:
        return
    bins, error = calibration(rows)
    print(f'confidence ({name}): {len(rows)} answers, '
          f'calibration error {error:.3f}')
    for b in bins:
        print(f'    from {b["low"]:.2f}: {b["n"]} said {b["said"]:.3f} '
              f'seen {b["right"] / b["n"]:.3f}')


def compare(one, two):
    """Prints two results side by side, and where only one is right."""
    a, b = ({r['id']: r for r in x['cases']} for x in (one, two))
    ids = sorted(a.keys() & b.keys())
    print(f'1: {one["label"]}\n2: {two["label"]}\n{len(ids)} cases in both')
    for stratum in 'AB':
        pairs = collections.Counter(
            (a[i]['verdict'], b[i]['verdict'])
            for i in ids if a[i]['stratum'] == stratum)
        if pairs:
            print(f'\nstratum {stratum}: rows = 1, columns = 2')
            print(' ' * 10 + ''.join(f'{v:>10}' for v in VERDICTS))
            for v in VERDICTS:
                print(f'{v:10}' + ''.join(
                    f'{pairs[v, w]:10}' for w in VERDICTS))
    for name, x, y in (('1', a, b), ('2', b, a)):
        only = [i for i in ids if x[i]['verdict'] in GOOD
                and y[i]['verdict'] not in GOOD]
        print(f'\nonly {name} is right: {len(only)}')
        for i in only:
            print(f'  {i} {x[i]["stratum"]}, the other: {y[i]["verdict"]}, '
                  f'{x[i]["path"]}')
