#!/usr/bin/env python3
"""List the cases that are measured, one a line, for the program place-log.

The fields, apart by tabs: case id, stratum, family, ending of its files, what
people did (`git` in stratum B), outside_ok, path. See extract.py and corpus.py
for what they mean.
"""
import argparse

from corpus import case_id, human_class, load_corpus


def main():
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument('corpus', metavar='CASES')
    a = ap.parse_args()
    for folder, m in load_corpus(a.corpus, 'AB'):
        people = human_class(m) if m['stratum'] == 'A' else 'git'
        print(case_id(folder), m['stratum'], m['family'], m['ext'], people,
              m.get('outside_ok', ''), m['path'], sep='\t')


if __name__ == '__main__':
    main()
