#!/usr/bin/env python3
"""A cheap merge without any grammar, as the bar for structured ones.

    baseline.py LEVEL LEFT BASE RIGHT

The conflicts that git leaves are tried again, by LEVEL:
    lines    edits of different lines of the conflict are put together
    words    besides, edits of different words of the same lines
    union    besides, where both inserted at one point: left, then right
Prints the merge; exits 1 to 127 with conflicts, like git merge-file -p.
"""
import sys
import tempfile
from pathlib import Path

from extract import merge_file, parse_conflicts
from hunks import words, zero_context

LEVELS = ('lines', 'words', 'union')


def solve(level, left, base, right):
    """The lines of a conflict put together; None where they can't be."""
    blank = lambda ls: not any(x.strip() for x in ls)
    if blank(base):
        return left + right if level == 'union' else None
    if blank(left) or blank(right):
        return None
    both = zero_context(base, left, right)
    if both is None and level != 'lines':
        both = zero_context(*(words([''.join(x)]) for x in (base, left, right)))
        both = both and ''.join(both).splitlines(keepends=True)
    return both


def main():
    if sys.argv[1:] in (['-h'], ['--help']):
        return print(__doc__)
    if len(sys.argv) != 5 or sys.argv[1] not in LEVELS:
        sys.exit(__doc__)
    left, base, right = (Path(f).read_bytes() for f in sys.argv[2:])
    with tempfile.TemporaryDirectory() as td:
        _, text = merge_file(Path(td), base, left, right, '--diff3')
    rest = 0
    for seg in parse_conflicts(text):
        if isinstance(seg, tuple):
            left, base, right = ([x.decode() for x in part] for part in seg)
            seg = solve(sys.argv[1], left, base, right)
            if seg is None:
                rest += 1
                seg = ['<<<<<<< left\n', *left, '||||||| base\n', *base,
                       '=======\n', *right, '>>>>>>> right\n']
            seg = [x.encode() for x in seg]
        sys.stdout.buffer.write(b''.join(seg))
    sys.exit(min(rest, 127))


if __name__ == '__main__':
    main()
