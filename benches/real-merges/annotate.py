#!/usr/bin/env python3
"""Add "expected_broken" to every meta.json: whether what people committed has
syntax errors although neither parent has any. Such cases are left out. Needs
the tree-sitter packages of evaluate.py.
"""
import argparse
import json
import sys
from pathlib import Path

from evaluate import load_parsers, syntax_errors


def main():
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument('corpus', metavar='CASES')
    a = ap.parse_args()
    parsers = load_parsers() or sys.exit('tree-sitter is not installed')
    n = broken = 0
    for file in sorted(Path(a.corpus).glob('*/*/meta.json')):
        meta = json.loads(file.read_text())
        if 'expected_broken' not in meta:
            errors = lambda name: syntax_errors(
                parsers[meta['lang']],
                (file.parent / f'{name}.{meta["ext"]}').read_bytes())
            meta['expected_broken'] = bool(
                errors('expected')
                and not errors('left') and not errors('right'))
            file.write_text(json.dumps(meta, indent=1) + '\n')
        n += 1
        broken += meta['expected_broken']
    print(f'{broken} of {n} cases were committed with syntax errors')


if __name__ == '__main__':
    main()
