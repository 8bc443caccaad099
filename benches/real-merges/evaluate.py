#!/usr/bin/env python3
"""Measure a three-way merge command on the cases that extract.py wrote.

The command is split like a shell line (no shell is run), and these are
replaced in it:
    {base} {left} {right}  private copies of the inputs, named base.EXT ...
    {out}                  a file to write the answer to; without it, the
                           answer is read from standard output
    {path}                 the path of the file in its repository
    {report}               a file where the command may leave JSON; a number
                           under "confidence" in it is P(correct) of the answer
    {py} {here}            this Python, and the folder of this script
Exit status 0 = clean, 1 to 127 = conflicts (as git does), anything else or a
missing answer = crash. A clean answer with conflict markers is a conflict.

The verdict of a case compares with what people committed:
    same        identical
    same-ws     but for white space
    any-order   the same lines in another order, white space aside
    different   clean, but none of these
    conflict, crash, timeout
Of a clean answer "new_syntax_error" says whether it has syntax errors though
what people committed has none (needs tree-sitter, tree-sitter-ruby,
tree-sitter-typescript and tree-sitter-javascript for Python).

CPU is user + system time of the command and its children (--jobs 1 only).

    evaluate.py --corpus CASES --cmd 'codex merge {base} {left} {right} \\
        --path {path} -o {out} --report-json {report}' --json codex.json
    evaluate.py --compare codex.json mergiraf.json
"""
import argparse
import collections
import json
import os
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import report
from corpus import case_id, human_class, load_corpus  # noqa: F401

HERE = Path(__file__).resolve().parent
OPEN = re.compile(rb'^<{7,}( |\r?$)', re.M)


def load_parsers():
    """{language: parser}; empty where tree-sitter is not installed."""
    try:
        from tree_sitter import Language, Parser
        import tree_sitter_javascript as js
        import tree_sitter_ruby as rb
        import tree_sitter_typescript as ts
    except ImportError:
        return {}
    mk = lambda f: Parser(Language(f()))
    j = mk(js.language)
    return {'js': j, 'jsx': j, 'ts': mk(ts.language_typescript),
            'tsx': mk(ts.language_tsx), 'rb': mk(rb.language)}


def syntax_errors(parser, data):
    """Whether a text has syntax errors."""
    return parser.parse(data).root_node.has_error


def squash(data):
    return re.sub(rb'\s+', b'', data)


def bag(data):
    return collections.Counter(
        filter(None, (squash(x) for x in data.splitlines())))


def compared(got, expected):
    """The verdict on a clean answer."""
    if got == expected:
        return 'same'
    if squash(got) == squash(expected):
        return 'same-ws'
    return 'any-order' if bag(got) == bag(expected) else 'different'


def children_cpu():
    u = resource.getrusage(resource.RUSAGE_CHILDREN)
    return u.ru_utime + u.ru_stime


def answer_of(argv, folder, timeout):
    """Runs a command: (exit status, None if it took too long; its output)."""
    try:
        p = subprocess.Popen(
            argv, cwd=folder, stdin=subprocess.DEVNULL, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError as e:
        sys.exit(f'cannot run {argv[0]}: {e}')
    try:
        output, _ = p.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(p.pid, signal.SIGKILL)
        p.communicate()
        return None, b''
    return p.returncode, output


def confidence_in(file):
    """The number under "confidence" in a report; None if there is none."""
    try:
        number = json.loads(file.read_text()).get('confidence')
    except (OSError, ValueError, AttributeError):
        return None
    return number if isinstance(number, (int, float)) else None


def run_case(case, a):
    """Runs the command on a case: (row of the results, clean answer)."""
    folder, meta = case
    ext = meta['ext']
    row = dict(id=case_id(folder), stratum=meta['stratum'],
               family=meta['family'], path=meta['path'])
    with tempfile.TemporaryDirectory(prefix='merge-eval-') as td:
        td = Path(td)
        words = dict(out=td / f'out.{ext}', report=td / 'report.json',
                     path=meta['path'], py=sys.executable, here=HERE)
        for name in ('base', 'left', 'right'):
            words[name] = td / f'{name}.{ext}'
            shutil.copyfile(folder / f'{name}.{ext}', words[name])
        argv = [re.sub(r'\{(%s)\}' % '|'.join(words),
                       lambda m: str(words[m[1]]), w)
                for w in shlex.split(a.cmd)]
        wall, cpu = time.perf_counter(), children_cpu()
        status, got = answer_of(argv, td, a.timeout)
        row['seconds'] = round(time.perf_counter() - wall, 4)
        if a.jobs == 1:
            row['cpu'] = round(children_cpu() - cpu, 4)
        if '{out}' in a.cmd:
            out = words['out']
            got = out.read_bytes() if out.exists() else None
        confidence = confidence_in(words['report'])
    if status is None:
        return dict(row, verdict='timeout'), None
    if got is None or not 0 <= status <= 127:
        return dict(row, verdict='crash'), None
    if status or OPEN.search(got):
        return dict(row, verdict='conflict'), None
    if confidence is not None:
        row['confidence'] = confidence
    expected = (folder / f'expected.{ext}').read_bytes()
    return dict(row, verdict=compared(got, expected)), got


def check_syntax(row, got, case, parsers):
    """Adds "new_syntax_error" to the row of a clean answer."""
    folder, meta = case
    parser = parsers.get(meta['lang'])
    if got is None or not parser:
        return
    expected = (folder / f'expected.{meta["ext"]}').read_bytes()
    row['new_syntax_error'] = (
        syntax_errors(parser, got) and not syntax_errors(parser, expected))


def main():
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument('--corpus', metavar='CASES')
    ap.add_argument('--cmd', metavar='COMMAND')
    ap.add_argument('--json', metavar='FILE', help='write the results here')
    ap.add_argument('--label', help='name of the command in the report')
    ap.add_argument('--strata', default='AB')
    ap.add_argument('--per-repo', type=int, metavar='N',
                    help='at most N cases per stratum and repository '
                         '(default: 45 of A, 36 of B)')
    ap.add_argument('--only', metavar='FILE', help='file of case ids to run')
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--jobs', type=int, default=1)
    ap.add_argument('--timeout', type=float, default=30)
    ap.add_argument('--compare', nargs=2, metavar='JSON',
                    help='run nothing: compare two results case by case')
    a = ap.parse_args()
    if a.compare:
        report.compare(*(json.loads(Path(f).read_text()) for f in a.compare))
        return
    if not a.cmd or not a.corpus:
        ap.error('--corpus and --cmd are needed')
    parsers = load_parsers()
    if not parsers:
        print('tree-sitter is not installed: no syntax check', file=sys.stderr)
    only = a.only and set(Path(a.only).read_text().split())
    cases = load_corpus(a.corpus, a.strata, a.per_repo, a.seed, only)
    if not cases:
        sys.exit(f'no cases in {a.corpus}')
    with ThreadPoolExecutor(a.jobs) as pool:
        done = list(pool.map(lambda c: run_case(c, a), cases))
    for (row, got), case in zip(done, cases):
        check_syntax(row, got, case, parsers)
    rows = [row for row, _ in done]
    report.show(rows, {case_id(d): m for d, m in cases}, a.label or a.cmd)
    if a.json:
        Path(a.json).write_text(json.dumps(
            dict(label=a.label or a.cmd, cmd=a.cmd, cases=rows), indent=1))


if __name__ == '__main__':
    main()
