"""The cases that extract.py wrote, samples of them, and what people did."""
import collections
import hashlib
import json
from pathlib import Path

# How many cases of each stratum are measured, of one repository.
PER_REPOSITORY = {'A': 45, 'B': 36}
CLASSES = ('combined', 'one-side', 'other')


def case_id(folder):
    """The id of a case: its repository and its folder."""
    return f'{folder.parent.name}/{folder.name}'


def load_metas(corpus):
    """{case id: what meta.json says} of all cases."""
    return {case_id(m.parent): json.loads(m.read_text())
            for m in sorted(Path(corpus).glob('*/*/meta.json'))}


def load_corpus(corpus, strata, per_repo=None, seed=1, only=None):
    """[(folder, meta)] of a sample, without what was committed broken.

    Of each stratum and repository those with the first hashes are taken:
    per_repo of them, or as many as PER_REPOSITORY says.
    """
    groups = collections.defaultdict(list)
    for case, meta in load_metas(corpus).items():
        if (meta['stratum'] in strata and not meta.get('expected_broken')
                and (only is None or case in only)):
            groups[meta['stratum'], case.split('/')[0]].append((case, meta))
    order = lambda c: hashlib.sha256(f'{seed}:{c[0]}'.encode()).digest()
    chosen = []
    for (stratum, _), cases in groups.items():
        most = PER_REPOSITORY[stratum] if per_repo is None else per_repo
        chosen += sorted(cases, key=order)[:most]
    chosen.sort(key=lambda c: c[0])
    return [(Path(corpus) / case, meta) for case, meta in chosen]


def human_class(meta):
    """What people did in a case of stratum A.

    combined   text outside the conflicts untouched, nothing new, at least one
               conflict really combines both sides
    one-side   likewise, but every conflict is one side whole
    other      new text in a conflict, or edits outside the conflicts
    """
    kinds = set(meta['resolutions'])
    if not meta['outside_ok'] or 'new' in kinds:
        return 'other'
    return ('combined' if kinds & {'left+right', 'right+left', 'mix'}
            else 'one-side')
