"""Writes an import folder of any size. Fictional: names are made of syllables, nothing comes from real people."""

import csv
import os
import random

SYLLABLES = ["ba", "cé", "do", "fi", "gué", "lan", "mo", "né", "pau", "ri", "so", "tho", "va", "zoé", "l'i", "d'a"]


def write(folder, people, theses, rooms=40, seed=1):
    """Writes `people` people of whom `theses` are authors (theses <= people / 2), and a campaign of 20 days."""
    rng = random.Random(seed)
    os.makedirs(folder, exist_ok=True)

    def name():
        return "".join(rng.choice(SYLLABLES) for _ in range(3)).capitalize()

    def table(file, header, rows):
        with open(os.path.join(folder, file), "w", newline="", encoding="utf-8-sig") as out:
            writer = csv.writer(out, delimiter=";")
            writer.writerow(header)
            writer.writerows(rows)

    ids = [f"{i:06d}" for i in range(people)]
    authors, others = ids[:theses], ids[theses:]
    table(
        "personnes.csv",
        ["identifiant", "nom", "prénom", "courriel", "organisme"],
        ([i, name(), name(), f"p{i}@exemple.test", "Université fictive"] for i in ids),
    )
    table("salles.csv", ["identifiant", "nom", "site", "capacité", "équipement"],
          ([f"s{i}", f"Salle {i}", f"Site {i % 3}", 20, "video"] for i in range(rooms)))
    table(
        "mémoires.csv",
        ["identifiant", "titre", "auteurs", "encadrant"],
        ([f"m{a}", f"Étude {a} de la {name()}", a, rng.choice(others)] for a in authors),
    )
    table(
        "jurys.csv",
        ["mémoire", "personne", "rôle"],
        (
            [f"m{a}", person, role]
            for a in authors
            for person, role in zip(rng.sample(others, 3), ["président", "rapporteur", "examinateur"])
        ),
    )
    table("disponibilités.csv", ["personne", "jour", "réponse"],
          ([person, "2027-06-07", "non"] for person in others[:100]))
    table(
        "campagne.csv",
        ["clé", "valeur"],
        [
            ["identifiant", "grande"],
            ["titre", "Grande campagne fictive"],
            ["programme", "fictif"],
            ["jours", "2027-06-07..2027-07-02"],
            ["horaires", "08:00-12:00|13:00-18:00"],
            ["durée", "60"],
        ],
    )
