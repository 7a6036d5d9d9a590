"""Reasons and repairs on generated campaigns of up to 5,000 defences, where some people can hardly come.

A campaign of generated_campaign.py in which one teacher in fifty is away on all days but two is solved for some seconds
(--time), and each unplaced defence is explained on one thread. A row tells how many reasons the solver proved minimal,
of how many defences nothing could be proven ("open": what is in the way of each place is told), how many have a repair,
and seconds an explanation. Repairs are those that stood the solver's own proof by its rules.
"""

import json
import os
import random
import re

import generated_campaign
import solver

SIZES = (300, 1000, 3000, 5000)


def campaign(defences, seed):
    """The text of a campaign with ill teachers."""
    rng = random.Random(seed)
    text = generated_campaign.text(defences, seed)
    teachers = sorted(set(re.findall(r'^person "(t[^"]*)"', text, re.MULTILINE)))
    ill = set(rng.sample(teachers, max(1, len(teachers) // 50)))
    days = generated_campaign.days_of(generated_campaign.shape(defences)[0])
    lines = []
    for line in text.split("\n"):
        lines.append(line)
        found = re.match(r'person "(t[^"]*)"', line)
        if found and found.group(1) in ill:
            free = rng.sample(days, 2)
            lines += [f"  blocked {day} 08:00 to 19:00" for day in days if day not in free]
    return "\n".join(lines)


def measure(defences, arguments):
    text = campaign(defences, arguments.seed)
    answer = solver.solve(text, arguments, ["--explain"])
    result = {"instance": f"{defences} generated", "unplaced": len(answer["unplaced"]), "minimal": 0, "open": 0,
              "with_repair": 0, "repairs": 0,
              "seconds": [reason["seconds"] for reason in answer["unplaced"]], "reasons": answer["unplaced"]}
    for reason in answer["unplaced"]:
        result["minimal"] += reason["is_minimal"]
        result["open"] += reason["kind"] in ("all_taken", "unknown")
        result["with_repair"] += bool(reason["repairs"])
        result["repairs"] += len(reason["repairs"])
    return result


def row(result):
    seconds = result["seconds"] or [0]
    return (f"{result['instance']:16} {result['unplaced']:8} {result['minimal']:8} {result['open']:8} "
            f"{result['with_repair']:11} {result['repairs']:8} "
            f"{sum(seconds) / len(seconds):8.3f} {max(seconds):9.3f}")


def run(arguments):
    print(f"{'campaign':16} {'unplaced':>8} {'minimal':>8} {'open':>8} {'with repair':>11} {'repairs':>8} "
          f"{'mean s':>8} {'slowest s':>9}")
    results = []
    for defences in SIZES:
        results.append(measure(defences, arguments))
        print(row(results[-1]), flush=True)
        if arguments.out:
            os.makedirs(arguments.out, exist_ok=True)
            with open(os.path.join(arguments.out, f"generated_{defences}.json"), "w", encoding="utf-8") as file:
                json.dump(results[-1], file, indent=1)
                file.write("\n")
    seconds = [second for result in results for second in result["seconds"]] or [0]
    total = {key: sum(result[key] for result in results)
             for key in ("unplaced", "minimal", "open", "with_repair")}
    print(f"explain: {total['minimal']} of {total['unplaced']} reasons of generated campaigns minimal, "
          f"{total['open']} not established, {total['with_repair']} with a repair; "
          f"{sum(seconds) / len(seconds):.2f} s an explanation, {max(seconds):.2f} s at most")
