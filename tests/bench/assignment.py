"""Reviewers for papers: each data set of the family below a folder, once for the total and once for the worst-off.

Read are: folders with scores.npy (reviewers x papers), covs.npy, loads.npy and, for a second instance, loads-lb.npy;
folders with aamas_text.npy and aamas_authorship.npy (papers x reviewers; a score is 20 times the text's similarity, at
most 2, and authors may not review); NAME.in ("papers reviewers", then a line of scores for each paper); NAME.npz
(similarity_matrix and mask_matrix, reviewers x papers); folders with Reviewers.txt and queryAspects.txt (topics of
reviewers and of papers; a score is how many they share, as a part of the most that any two share) and NAME.toi (PrefLib
bids), each only if nothing before it has the same name. How many reviewers a paper needs and how many papers a reviewer
takes stands in optimum.json, in the folder or above it, or else as published; there, an entry belongs to what bears its
name, or to the only data of the folder that it names.

Totals are recomputed here from the scores, and so is the bound that the certificate proves: a price for a place with
each reviewer; no paper can gain more than its best choice at these prices, so no assignment is worth more than these
gains and the prices of all places together. Where a little is left between the two, a tree of cases comes with it:
papers have somebody, or not, and each case has prices of its own.
"""

import argparse
import ast
import json
import math
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

FORBIDDEN = None
BIDS = {1.0, 0.5, 0.25, 0.0}
# Where nothing is said: as the data were used in the publications.
NEEDED = 3
NEEDED_OF_TEXTS = 4
MOST = {"preflib2": 7, "aamas2015": 12, "aamas2016": 12}
MOST_ELSE = 6
PREFLIB = {"MD-00002-00000001": "preflib1", "MD-00002-00000002": "preflib2", "MD-00002-00000003": "preflib3",
           "MD-00004-00000001": "aamas2015", "MD-00004-00000002": "aamas2016"}
# (algorithm, total, worst-off, seconds), as printed in Kobren, Saha, McCallum (KDD 2019).
PUBLISHED = {
    "midl": [("TPMS", 201.88, 0.90, 0.10), ("PR4A", 197.32, 0.92, 293.83), ("FairIR", 201.83, 0.93, 1.60),
             ("FairFlow", 197.67, 0.94, 1.15)],
    "midl_lb": [("TPMS", 150.04, 0.00, 0.17)],
}


class Instance:
    """Scores by paper and reviewer, FORBIDDEN where the two may not meet."""

    def __init__(self, name, scores, needed, least, most):
        self.name, self.scores, self.needed, self.least, self.most = name, scores, needed, least, most

    def text(self):
        lines = ["soutenance assignment 1"]
        lines += [f"reviewer r{i} {least} {most}" for i, (least, most) in enumerate(zip(self.least, self.most))]
        lines += [f"thesis p{i} {needed}" for i, needed in enumerate(self.needed)]
        for i, row in enumerate(self.scores):
            lines.append(f"scores p{i} " + " ".join("-" if s is FORBIDDEN else f"{s:.12g}" for s in row))
        return "\n".join(lines + ["end", ""])


def read_npy(content):
    """The shape and the values, row by row."""
    if content[:6] != b"\x93NUMPY":
        raise ValueError("not an array of NumPy")
    wide = content[6] > 1
    length, = struct.unpack("<I" if wide else "<H", content[8:12] if wide else content[8:10])
    start = 12 if wide else 10
    header = ast.literal_eval(content[start:start + length].decode("latin-1"))
    codes = {"f8": "d", "f4": "f", "f2": "e", "i8": "q", "i4": "i", "i2": "h", "i1": "b", "u1": "B", "b1": "?"}
    kind = header["descr"]
    code = ("<" if kind[0] in "<|=" else ">") + "%d" + codes[kind[1:]]
    shape = header["shape"]
    count = math.prod(shape)
    values = struct.unpack_from(code % count, content, start + length)
    if header["fortran_order"] and len(shape) == 2:
        rows, columns = shape
        values = [values[c * rows + r] for r in range(rows) for c in range(columns)]
    return shape, values


def read_npy_file(path):
    with open(path, "rb") as file:
        return read_npy(file.read())


def by_paper(shape, values):
    """From rows of reviewers to rows of papers."""
    reviewers, papers = shape
    return [[values[r * papers + p] for r in range(reviewers)] for p in range(papers)]


def read_in(path):
    with open(path, encoding="utf-8") as file:
        words = file.read().split()
    papers, reviewers = int(words[0]), int(words[1])
    values = [float(word) for word in words[2:2 + papers * reviewers]]
    if len(values) != papers * reviewers:
        raise ValueError(f"{path}: {len(values)} scores; expected {papers * reviewers}")
    # Among bids, 0 marks a conflict; elsewhere it is a score.
    conflict = 0.0 if set(values) <= BIDS else None
    return [[FORBIDDEN if s == conflict else s for s in values[p * reviewers:(p + 1) * reviewers]]
            for p in range(papers)]


def read_npz(path):
    with zipfile.ZipFile(path) as archive:
        arrays = {name.removesuffix(".npy"): read_npy(archive.read(name)) for name in archive.namelist()}
    if "similarity_matrix" not in arrays:
        return None
    scores = by_paper(*arrays["similarity_matrix"])
    if "mask_matrix" in arrays:
        mask = by_paper(*arrays["mask_matrix"])
        scores = [[FORBIDDEN if m else s for s, m in zip(row, masked)] for row, masked in zip(scores, mask)]
    return scores


def read_texts(folder):
    """AAMAS 2021 as the random assignments of Xu et al. use it, without bids and co-authors."""
    (papers, reviewers), values = read_npy_file(os.path.join(folder, "aamas_text.npy"))
    shape, authors = read_npy_file(os.path.join(folder, "aamas_authorship.npy"))
    if tuple(shape) != (papers, reviewers):
        raise ValueError(f"{folder}: authors of {shape}; expected {papers} papers and {reviewers} reviewers")
    return [[FORBIDDEN if authors[p * reviewers + r] else min(20 * values[p * reviewers + r], 2.0)
             for r in range(reviewers)] for p in range(papers)]


def read_topics(folder):
    """Karimzadehgan, Zhai, Belford (2008): "1 T3 T7" for each reviewer; a line and then "T3 T9" for each paper."""
    def topics(line):
        return {word for word in line.split() if word[0] == "T" and word[1:].isdigit()}
    with open(os.path.join(folder, "Reviewers.txt"), encoding="latin-1") as file:
        reviewers = [topics(line) for line in file]
    with open(os.path.join(folder, "queryAspects.txt"), encoding="latin-1") as file:
        papers = [topics(line) for line in file.readlines()[1::2]]
    shared = [[len(paper & reviewer) for reviewer in reviewers] for paper in papers]
    most = max(map(max, shared))
    return [[count / most for count in row] for row in shared]


def read_toi(path):
    """One order of groups for each reviewer: yes, maybe, no answer; conflicts are left out."""
    with open(path, encoding="utf-8") as file:
        lines = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    papers = int(lines[0])
    first = int(lines[1].split(",")[0])
    rows = []
    for line in lines[papers + 2:]:
        groups, at = [], line.index(",") + 1
        while at < len(line):
            if line[at] == "{":
                end = line.index("}", at)
                groups.append([int(word) for word in line[at + 1:end].split(",") if word.strip()])
                at = end + 2
            else:
                end = line.find(",", at)
                end = len(line) if end < 0 else end
                groups.append([int(line[at:end])])
                at = end + 1
        row = [FORBIDDEN] * papers
        for group, score in zip(groups, (1.0, 0.5, 0.25)):
            for paper in group:
                row[paper - first] = score
        rows += [row] * int(line[:line.index(",")])
    return [[row[p] for row in rows] for p in range(papers)]


def optima(data):
    """What is known of instances, by name."""
    places = [os.path.join(folder, "optimum.json") for folder, _, files in sorted(os.walk(data))
              if "optimum.json" in files]
    folder = os.path.abspath(data)
    while not places and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
        if os.path.exists(os.path.join(folder, "optimum.json")):
            places.append(os.path.join(folder, "optimum.json"))
    known = {}
    for place in places:
        with open(place, encoding="utf-8") as file:
            content = json.load(file)
        known.update({entry["id"]: entry for entry in content.get("instances", []) if "id" in entry})
    return known


def in_folder(folder, known):
    """The instances of a folder with scores.npy."""
    parts = {}
    for part in ("scores", "covs", "loads", "loads-lb"):
        path = os.path.join(folder, part + ".npy")
        if os.path.exists(path):
            parts[part] = read_npy_file(path)
    base = os.path.basename(os.path.abspath(folder))
    names = [entry["id"] for entry in known.values() if entry.get("file") == base and not entry.get("load_min")]
    name = names[0] if names else base.split("_")[0]
    scores = by_paper(*parts["scores"])
    reviewers = len(scores[0])
    needed = list(parts["covs"][1]) if "covs" in parts else [NEEDED] * len(scores)
    most = list(parts["loads"][1]) if "loads" in parts else [most_of(name, len(scores), reviewers, known)] * reviewers
    yield Instance(name, scores, needed, [0] * reviewers, most)
    if "loads-lb" in parts:
        yield Instance(name + "_lb", scores, needed, list(parts["loads-lb"][1]), most)


def most_of(name, papers, reviewers, known):
    if name in known and "load_max" in known[name]:
        return known[name]["load_max"]
    return MOST.get(name, max(MOST_ELSE, -(-papers * NEEDED // reviewers)))


def files_below(data):
    """By kind, then by name: the file, or the folder where an instance is several files."""
    found = {"text": {}, "in": {}, "npz": {}, "topics": {}, "toi": {}}
    for folder, folders, files in os.walk(data):
        folders.sort()
        base = os.path.basename(os.path.abspath(folder))
        if {"aamas_text.npy", "aamas_authorship.npy"} <= set(files):
            found["text"].setdefault(base, folder)
        if {"Reviewers.txt", "queryAspects.txt"} <= set(files):
            found["topics"].setdefault(base, folder)
        for file in sorted(files):
            stem, _, kind = file.rpartition(".")
            if kind in ("in", "npz", "toi"):
                found[kind].setdefault(PREFLIB.get(stem, stem), os.path.join(folder, file))
    return found


def known_name(name, path, known):
    """The name in optimum.json of what is told there by its folder alone."""
    if name in known:
        return name
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    base = os.path.basename(os.path.abspath(folder))
    names = [entry["id"] for entry in known.values() if entry.get("file") == base]
    return names[0] if len(names) == 1 else name


def instances(data, known):
    for folder, folders, files in os.walk(data):
        folders.sort()
        if "scores.npy" in files:
            yield from in_folder(folder, known)
    found = files_below(data)
    done = set()
    for kind, read in (("text", read_texts), ("in", read_in), ("npz", read_npz), ("topics", read_topics),
                       ("toi", read_toi)):
        for stem, path in sorted(found[kind].items()):
            name = known_name(stem, path, known)
            scores = None if name in done else read(path)
            if not scores:
                continue
            done.add(name)
            entry = known.get(name, {})
            reviewers = len(scores[0])
            needed = NEEDED_OF_TEXTS if kind == "text" else NEEDED
            yield Instance(name, scores, [entry.get("k", needed)] * len(scores),
                           [entry.get("load_min", 0)] * reviewers,
                           [most_of(name, len(scores), reviewers, known)] * reviewers)


def run(instance, fair):
    """What soutenance-assign prints, the seconds it took and the MiB it had at most."""
    program = os.environ.get("SOUTENANCE_ASSIGN") or shutil.which("soutenance-assign")
    if program is None:
        raise SystemExit("soutenance-assign is not on the PATH; ops/bench builds it")
    with tempfile.TemporaryDirectory(prefix="soutenance-") as folder:
        path = os.path.join(folder, "problem")
        with open(path, "w", encoding="utf-8") as file:
            file.write(instance.text())
        command = [program, path, "--json", *(["--fair"] if fair else [])]
        begin = time.monotonic()
        with open(os.path.join(folder, "out"), "w+", encoding="utf-8") as out:
            with subprocess.Popen(command, stdout=out) as process:
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.monotonic() - begin
            out.seek(0)
            text = out.read()
    if process.returncode == 3:
        raise SystemExit(f"{instance.name}: no assignment exists: {json.loads(text)['sentence']}")
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return json.loads(text), seconds, usage.ru_maxrss / 1024


def paper_scores(instance, assignment):
    """Of each paper; an illegal assignment ends the bench."""
    loads = [0] * len(instance.most)
    scores = []
    for paper, reviewers in enumerate(assignment):
        if len(set(reviewers)) != instance.needed[paper] or len(reviewers) != instance.needed[paper]:
            raise SystemExit(f"{instance.name}: paper {paper} has the reviewers {reviewers}")
        for reviewer in reviewers:
            loads[reviewer] += 1
            if instance.scores[paper][reviewer] is FORBIDDEN:
                raise SystemExit(f"{instance.name}: paper {paper} and reviewer {reviewer} are in conflict")
        scores.append(math.fsum(instance.scores[paper][reviewer] for reviewer in reviewers))
    for reviewer, load in enumerate(loads):
        if not instance.least[reviewer] <= load <= instance.most[reviewer]:
            raise SystemExit(f"{instance.name}: reviewer {reviewer} has {load} papers")
    return scores


def best_choice(options, needed, least):
    """The largest sum of values of `needed` of the (value, score) whose scores reach `least`; None if none do."""
    options = sorted(options, reverse=True)
    if sum(score for _, score in options[:needed]) >= least:
        return sum(value for value, _ in options[:needed])
    kept = []
    for value, score in options:
        if sum(1 for _, other in kept if other >= score) < needed:
            kept.append((value, score))
    best = None
    stack = [(0, needed, 0, 0)]
    while stack:
        at, missing, value, score = stack.pop()
        if missing == 0:
            if score >= least and (best is None or value > best):
                best = value
            continue
        if at + missing > len(kept):
            continue
        if best is not None and value + sum(v for v, _ in kept[at:at + missing]) <= best:
            continue
        stack.append((at + 1, missing, value, score))
        stack.append((at + 1, missing - 1, value + kept[at][0], score + kept[at][1]))
    return best


def certified(instance, certificate):
    """The bound that the prices prove, with integers alone."""
    scale, units, prices = certificate["scale"], certificate["price_units"], certificate["prices"]
    level = certificate["least_score"]
    least = -math.inf if level is None else round(level * scale)
    bound, step = 0, 0
    for row, needed in zip(instance.scores, instance.needed):
        scores = [(round(float(f"{s:.12g}") * scale), r) for r, s in enumerate(row) if s is not FORBIDDEN]
        for score, _ in scores:
            step = math.gcd(step, score)
        best = best_choice([(score * units - prices[r], score) for score, r in scores], needed, least)
        if best is None:
            raise SystemExit(f"{instance.name}: the certificate leaves a paper no choice")
        bound += best
    for price, least_load, most in zip(prices, instance.least, instance.most):
        bound += price * (most if price > 0 else least_load)
    step = max(step, 1)
    return bound // units // step * step / scale


def choices_near(options, needed, least, below):
    """The best value of `needed` of the (value, score, reviewer) whose scores reach `least`, and every choice that
    is at most `below` worse, as (score, reviewers)."""
    best = best_choice([(value, score) for value, score, _ in options], needed, least)
    if best is None:
        return None, []
    options = sorted(options, reverse=True)
    near, stack = [], [(0, needed, 0, 0, ())]
    while stack:
        at, missing, value, score, reviewers = stack.pop()
        if missing == 0:
            if score >= least and value >= best - below:
                near.append((score, reviewers))
            continue
        if at + missing > len(options) or value + missing * options[at][0] < best - below:
            continue
        stack.append((at + 1, missing, value, score, reviewers))
        stack.append((at + 1, missing - 1, value + options[at][0], score + options[at][1],
                      reviewers + (options[at][2],)))
    return best, near


def is_proven_by_tree(instance, certificate, total):
    """Whether prices and tree prove that nothing is above `total`: what is further below the best choice of its paper
    than the prices' bound is above the total is in nothing larger; the rest is divided, and each leaf has prices."""
    scale, units, nodes = certificate["scale"], certificate["price_units"], certificate["tree"]
    level = certificate["least_score"]
    least = -math.inf if level is None else round(level * scale)
    rows = [[(round(float(f"{s:.12g}") * scale), r) for r, s in enumerate(row) if s is not FORBIDDEN]
            for row in instance.scores]
    step = max(math.gcd(*(score for row in rows for score, _ in row)), 1)

    def places(prices):
        return sum(price * (most if price > 0 else at_least)
                   for price, at_least, most in zip(prices, instance.least, instance.most))

    prices = certificate["prices"]
    offers = [[(score * units - prices[r], score, r) for score, r in row] for row in rows]
    bound = places(prices) + sum(best_choice([(value, score) for value, score, _ in offer], needed, least)
                                 for offer, needed in zip(offers, instance.needed))
    target = round(total * scale)
    left = [choices_near(offer, needed, least, bound - target * units)[1]
            for offer, needed in zip(offers, instance.needed)]

    def holds(number):
        node = nodes[number]
        if "pair" in node:
            paper, reviewer = node["pair"]
            before = left[paper]
            for child, has in ((node["with"], True), (node["without"], False)):
                if child <= number:
                    return False
                left[paper] = [choice for choice in before if (reviewer in choice[1]) == has]
                proven = holds(child)
                left[paper] = before
                if not proven:
                    return False
            return True
        if not all(left):
            return True
        own = node["prices"]
        return places(own) + sum(max(score * units - sum(own[r] for r in reviewers) for score, reviewers in choices)
                                 for choices in left) < (target + step) * units

    sys.setrecursionlimit(max(sys.getrecursionlimit(), len(nodes) + 1000))
    return holds(0)


def measure(instance, fair, arguments):
    answer, seconds, mebibytes = run(instance, fair)
    scores = paper_scores(instance, answer["assignment"])
    total, worst = math.fsum(scores), min(scores)
    by_prices = certified(instance, answer["certificate"])
    if abs(by_prices - answer["certificate"]["bound"]) > 1e-6 or by_prices < total - 1e-6:
        raise SystemExit(f"{instance.name}: the certificate proves {by_prices}, not {answer['certificate']['bound']}")
    # The engine counts in billionths; what is met there is met.
    bound = total if abs(answer["bound"] - total) < 1e-6 else answer["bound"]
    by_tree = "tree" in answer["certificate"]
    if by_tree and not is_proven_by_tree(instance, answer["certificate"], total):
        raise SystemExit(f"{instance.name}: the certificate's tree does not prove {total}")
    proof = ("certificate" if abs(by_prices - total) < 1e-6 else
             f"certificate with {len(answer['certificate']['tree'])} nodes" if by_tree else
             "search" if bound == total else "")
    result = {"instance": instance.name, "seconds": round(seconds, 3), "total": total, "worst_off": worst,
              "bound": bound, "assignment": answer["assignment"]}
    if fair:
        level_bound = answer["worst_off_bound"]
        result["worst_off_bound"] = worst if abs(level_bound - worst) < 1e-6 else level_bound
        result["worst_off_proof"] = answer["worst_off_proof"]
    result["certificate"] = answer["certificate"]
    if arguments.out:
        os.makedirs(arguments.out, exist_ok=True)
        path = os.path.join(arguments.out, f"{instance.name}.{'fair' if fair else 'total'}.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(result, file)
            file.write("\n")
    return result, mebibytes, proof


def row(name, method, total, worst, seconds="", mebibytes="", remark=""):
    print(f"{name:12} {method:22} {total:>14} {worst:>10} {seconds:>8} {mebibytes:>6}  {remark}", flush=True)


def compare(instance, entry, fair, result):
    """Against the known optimum; "" if none is known."""
    keys = ("sum_at_maxmin", "maxmin") if fair else ("maxsum", None)
    if keys[0] not in entry:
        return ""
    by = result["total"] - entry[keys[0]]
    level = result["worst_off"] - entry[keys[1]] if fair else 0
    first = level if abs(level) > 2e-6 else by
    return "equal to the known" if abs(first) < 2e-6 else "better than the known" if first > 0 else "WORSE"


def show(instance, known, arguments):
    proven = []
    for method, total, worst, seconds in PUBLISHED.get(instance.name, []):
        row(instance.name, method + " (published)", f"{total:.2f}", f"{worst:.2f}", f"{seconds:.2f}")
    entry = known.get(instance.name, {})
    for fair in (False, True):
        keys = ("sum_at_maxmin", "maxmin") if fair else ("maxsum", "min_at_maxsum")
        if keys[0] in entry:
            row(instance.name, "known " + ("fair" if fair else "total"), f"{entry[keys[0]]:.6f}",
                f"{entry[keys[1]]:.6f}" if keys[1] in entry else "")
        result, mebibytes, proof = measure(instance, fair, arguments)
        is_proven = result["bound"] == result["total"] and (
            not fair or result["worst_off_bound"] == result["worst_off"])
        remarks = [f"optimal, by {proof}" if is_proven else f"at most {result['bound']:.6f}",
                   compare(instance, entry, fair, result)]
        row(instance.name, "fair" if fair else "total", f"{result['total']:.6f}", f"{result['worst_off']:.6f}",
            f"{result['seconds']:.2f}", f"{mebibytes:.0f}", "; ".join(filter(None, remarks)))
        proven.append((is_proven, remarks[1], result["seconds"]))
    return proven


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="a folder of the family, searched recursively")
    parser.add_argument("--out", metavar="DIR", help="writes NAME.total.json and NAME.fair.json there")
    arguments = parser.parse_args()
    known = optima(arguments.data)
    row("instance", "method", "total", "worst-off", "seconds", "MiB")
    results = []
    for instance in instances(arguments.data, known):
        results += show(instance, known, arguments)
    if not results:
        raise SystemExit(f"{arguments.data}: no instance of the family lies there")
    worse = sum(1 for _, compared, _ in results if compared == "WORSE")
    print(f"assignment: {len(results)} results, {sum(1 for is_proven, _, _ in results if is_proven)} proven optimal, "
          f"{worse} worse than what is known; {max(seconds for _, _, seconds in results):.2f} s at most")
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
