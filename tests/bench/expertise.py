"""Expertise scores against what people say of themselves: the gold standard of Stelmakh et al. (arXiv:2303.16750).

Read is each folder with evaluations.tsv (who knows how much of which papers, 1 to 5) and, below it, folders with
submissions.json and archives/~ID.jsonl (title and abstract of papers and of people's own papers). The loss is theirs: over
all pairs of papers of the same person that the person knows differently well, the differences of those pairs that the
scores order wrongly, as a part of all differences; a tie counts half. Easy pairs have a known and an unknown paper (>= 4
and <= 2), hard pairs two known ones.
"""

import argparse
import collections
import csv
import gzip
import json
import os
import shutil
import subprocess
import tempfile
import time

# (loss, easy, hard), title and abstract, mean of ten sets of archives; recomputed from the published predictions.
PUBLISHED = {"TPMS (TF-IDF)": (.2811, .1996, .3782), "ELMo": (.3447, .2973, .4278), "SPECTER": (.2689, .1475, .4333),
             "SPECTER+MFR (neural)": (.2384, .1211, .4000), "ACL": (.2958, .2153, .3830)}


def read_evaluations(path):
    """By person: (paper, expertise)."""
    evaluations = {}
    with open(path, encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            pairs = [(line.get(f"Paper{i}"), line.get(f"Expertise{i}")) for i in range(1, 11)]
            evaluations[line["ParticipantID"]] = [(paper, float(known)) for paper, known in pairs if paper and known]
    return evaluations


def losses(evaluations, scores):
    """(loss, easy, hard) of scores by (person, paper)."""
    wrong = total = 0
    easy, hard = [0, 0], [0, 0]
    for person, pairs in evaluations.items():
        for i, (paper, known) in enumerate(pairs):
            for other, other_known in pairs[:i]:
                if known == other_known:
                    continue
                order = (scores[person, paper] - scores[person, other]) * (known - other_known)
                miss = 1 if order < 0 else 0.5 if order == 0 else 0
                wrong += miss * abs(known - other_known)
                total += abs(known - other_known)
                for kind, belongs in ((easy, max(known, other_known) >= 4 and min(known, other_known) <= 2),
                                      (hard, min(known, other_known) >= 4)):
                    if belongs:
                        kind[0] += miss
                        kind[1] += 1
    return wrong / total, easy[0] / max(easy[1], 1), hard[0] / max(hard[1], 1)


def flat(text):
    return " ".join((text or "").split())


def write_texts(folder, path):
    with open(os.path.join(folder, "submissions.json"), encoding="utf-8") as file:
        papers = json.load(file)
    with open(path, "w", encoding="utf-8") as out:
        for key, paper in sorted(papers.items()):
            print("thesis", key, flat(paper["content"].get("title")), flat(paper["content"].get("abstract")), sep="\t",
                  file=out)
        archives = os.path.join(folder, "archives")
        for name in sorted(os.listdir(archives)):
            with open(os.path.join(archives, name), encoding="utf-8") as file:
                for line in filter(str.strip, file):
                    content = json.loads(line)["content"]
                    print("person", name.removeprefix("~").removesuffix(".jsonl"), flat(content.get("title")),
                          flat(content.get("abstract")), sep="\t", file=out)


def scored(folder):
    """Scores by (person, paper), and the seconds they took."""
    program = os.environ.get("SOUTENANCE_EXPERTISE") or shutil.which("soutenance-expertise")
    if program is None:
        raise SystemExit("soutenance-expertise is not on the PATH; ops/bench builds it")
    with tempfile.TemporaryDirectory(prefix="soutenance-") as temporary:
        path = os.path.join(temporary, "texts.tsv")
        write_texts(folder, path)
        begin = time.monotonic()
        done = subprocess.run([program, path, "--words", "0"], stdout=subprocess.PIPE, text=True, check=True)
        seconds = time.monotonic() - begin
    scores = collections.defaultdict(float)
    for line in done.stdout.splitlines():
        paper, person, score, _ = line.split("\t")
        scores[person, paper] = float(score)
    return scores, seconds


def published_predictions(folder, evaluations):
    """(loss, easy, hard) by algorithm, where the predictions lie beside the evaluations."""
    path = os.path.join(folder, "predictions_compact.tsv.gz")
    if not os.path.exists(path):
        return {}
    runs = collections.defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            runs[line["algo"], line["dataset"]][line["reviewer"], line["paper"]] = float(line["prediction"])
    found = collections.defaultdict(list)
    for (algorithm, _), scores in sorted(runs.items()):
        found[algorithm].append(losses(evaluations, scores))
    return {name: tuple(sum(values) / len(values) for values in zip(*of)) for name, of in found.items()}


def row(name, values, remark=""):
    print(f"{name:32} {values[0]:.4f} {values[1]:.4f} {values[2]:.4f}  {remark}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="a folder with the data, searched recursively")
    arguments = parser.parse_args()
    found = []
    for folder, folders, files in os.walk(arguments.data):
        folders.sort()
        if "evaluations.tsv" not in files:
            continue
        evaluations = read_evaluations(os.path.join(folder, "evaluations.tsv"))
        print(f"{'':32} {'loss':6} {'easy':6} {'hard':6}")
        for name, values in PUBLISHED.items():
            row(name, values, "published")
        for name, values in published_predictions(folder, evaluations).items():
            row(name, values, "recomputed from predictions")
        for below, _, names in sorted(os.walk(folder)):
            if "submissions.json" in names:
                scores, seconds = scored(below)
                values = losses(evaluations, scores)
                found.append(values)
                row("soutenance " + os.path.relpath(below, folder), values, f"{seconds:.2f} s")
    if not found:
        raise SystemExit(f"{arguments.data}: no evaluations.tsv with submissions.json below it")
    mean = sum(values[0] for values in found) / len(found)
    print(f"expertise: loss {mean:.4f} on {len(found)} sets; published {PUBLISHED['TPMS (TF-IDF)'][0]} (TF-IDF), "
          f"{PUBLISHED['SPECTER+MFR (neural)'][0]} (neural)")


if __name__ == "__main__":
    main()
