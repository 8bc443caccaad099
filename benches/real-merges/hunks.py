#!/usr/bin/env python3
"""The shapes of git's conflicts, against what people made of them.

Only cases count whose text outside of the conflicts is untouched. The shape
is what the sides did to the base lines of the conflict:
    insert/insert     the base has nothing: both inserted at one point
    disjoint          the sides changed different lines, which merely touch
    same-line/words   both changed a line, but different words of it
    delete/edit       one side removed all the lines
    reformat/edit     one side changed white space only
    overlap           anything else
Of "disjoint" and "same-line/words" the last two columns say how often putting
both together is what people did, and how often but for the order of lines.
"""
import argparse
import collections
import difflib
import re
import tempfile
from pathlib import Path

from corpus import load_metas
from extract import hunk_kind, merge_file, parse_conflicts, resolved_hunks

KINDS = ('left', 'right', 'base', 'left+right', 'right+left', 'empty', 'mix',
         'new')


def split_ops(base, other):
    """[(start, end, new)] of an edit; equally many lines line by line."""
    ops = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(
            None, base, other, False).get_opcodes():
        if tag == 'equal':
            continue
        if tag == 'replace' and i2 - i1 == j2 - j1:
            ops += [(i, i + 1, other[j1 + i - i1:j1 + i - i1 + 1])
                    for i in range(i1, i2)]
        else:
            ops.append((i1, i2, other[j1:j2]))
    return ops


def zero_context(base, left, right):
    """Combines edits that touch but do not overlap; None where they do."""
    ops = [(op, 0) for op in split_ops(base, left)]
    ops += [(op, 1) for op in split_ops(base, right)]
    ops.sort(key=lambda x: (x[0][0], x[0][1]))
    res, pos, last = [], 0, None
    for (i, j, new), side in ops:
        other = last and last[1] != side
        if other and last[0] == (i, j, new):
            continue               # the same change on both sides
        if i < pos or (other and i == j and last[0][0] == last[0][1] == i):
            return None
        res += base[pos:i] + new
        pos, last = j, ((i, j, new), side)
    return res + base[pos:]


def words(lines):
    return re.findall(r'\w+|[^\w\s]|\s+', '\n'.join(lines))


def shape(base, left, right):
    """(the shape of a conflict, both edits put together or None)"""
    plain = lambda ls: ''.join(''.join(ls).split())
    if not plain(base):
        return 'insert/insert', None
    if plain(base) in (plain(left), plain(right)):
        return 'reformat/edit', None
    if not plain(left) or not plain(right):
        return 'delete/edit', None
    both = zero_context(base, left, right)
    if both is not None:
        return 'disjoint', both
    both = zero_context(words(base), words(left), words(right))
    if both is not None:
        return 'same-line/words', ''.join(both).split('\n')
    return 'overlap', None


def conflicts(folder, meta):
    """[((left, base, right), what people made of it)] of a case."""
    base, left, right, expected = (
        (folder / f'{n}.{meta["ext"]}').read_bytes()
        for n in ('base', 'left', 'right', 'expected'))
    with tempfile.TemporaryDirectory() as td:
        _, text = merge_file(Path(td), base, left, right, '--diff3')
    return resolved_hunks(parse_conflicts(text), expected)


def main():
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument('corpus', metavar='CASES')
    ap.add_argument('--family', choices=['ruby', 'ts'])
    ap.add_argument('--ids', metavar='SHAPE', help='list the cases of a shape')
    a = ap.parse_args()
    table = collections.defaultdict(collections.Counter)
    strip = lambda ls: [x.decode().strip() for x in ls if x.strip()]
    for case, meta in load_metas(a.corpus).items():
        if not meta.get('outside_ok') or a.family not in (
                None, meta['family']):
            continue
        for hunk, got in conflicts(Path(a.corpus) / case, meta):
            left, base, right = map(strip, hunk)
            name, both = shape(base, left, right)
            kind, got = hunk_kind(hunk, got), strip(got)
            table[name][kind] += 1
            if both is not None:
                both = [x.strip() for x in both if x.strip()]
                table[name]['both'] += both == got
                table[name]['order'] += (
                    both != got and sorted(both) == sorted(got))
            if a.ids == name:
                print(case, kind, meta['path'])
    print(f'{"shape":16}{"all":>6}' + ''.join(
        f'{k:>11}' for k in (*KINDS, 'both', 'order')))
    for name, n in sorted(table.items()):
        print(f'{name:16}{sum(n[k] for k in KINDS):6}' + ''.join(
            f'{n[k]:11}' for k in (*KINDS, 'both', 'order')))


if __name__ == '__main__':
    main()
