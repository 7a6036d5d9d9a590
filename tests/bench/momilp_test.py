"""The bench of composed committees on a tiny instance in the family's format, made up."""

import json
import os
import tempfile
import unittest

import momilp
import momilp_plain

# Two members who may hold either of two roles, one room, one day of four slots; member 2 cannot start in slot 1 and
# prefers slot 4 least. Member 1 counts 3, member 2 counts 7; member 1 knows subject 1, member 2 both; defence 1 is about
# subject 1, defence 2 about both.
TINY = {
    "idx": {"n_i": 2, "n_j": 2, "n_t": 2, "n_k": 1, "n_ell": 4, "n_p": 1, "n_q": 2},
    "par": {
        "d": 2,
        "e": [[]] + [[[]] + [[0, 1, 1] for _ in range(2)] for _ in range(2)],
        "c": [0, 2, 2],
        "l": [[], [[], [0, 1, 1, 1, 1]], [[], [0, 0, 1, 1, 2]]],
        "m": [[], [[], [0, 1], [0, 1], [0, 1], [0, 1]]],
        "u": [0, 3, 7],
        "r": [[], [0, 1, 0], [0, 1, 1]],
        "tbar": [[], [0, 1, 0], [0, 1, 1]],
        "b": [0, 1, 1], "v": [[0, 0], [2, 1], [1, 0]],
        "a": [0, 1, 1], "h": [[0, 0], [2, 1], [1, 0]],
    },
}


class Momilp(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        with open(os.path.join(self.folder, "C1_N01.json"), "w", encoding="utf-8") as file:
            json.dump(TINY, file)
        self.instance = momilp.Instance(os.path.join(self.folder, "C1_N01.json"))

    @staticmethod
    def at(defence, slot, committee=(1, 2)):
        return {"defence": defence, "committee": list(committee), "day": 1, "slot": slot, "room": 1}

    def test_finds_the_instances(self):
        self.assertEqual([name for name, _ in momilp.instances(self.folder)], ["C1_N01"])

    def test_counts_what_is_scheduled(self):
        self.assertEqual(self.instance.scheduled([self.at(1, 2), self.at(2, 4)]), 2)

    def test_availability_is_that_of_the_start(self):
        with self.assertRaisesRegex(ValueError, "not available"):
            self.instance.scheduled([self.at(1, 1)])

    def test_members_and_rooms_are_busy_for_the_whole_duration(self):
        with self.assertRaisesRegex(ValueError, "at once"):
            self.instance.scheduled([self.at(1, 2), self.at(2, 3)])

    def test_nobody_has_two_roles(self):
        with self.assertRaisesRegex(ValueError, "two"):
            self.instance.scheduled([self.at(1, 2, (1, 1))])

    def test_nobody_is_in_too_many_committees(self):
        self.instance.par["c"][1] = 1
        with self.assertRaisesRegex(ValueError, "at most 1"):
            self.instance.scheduled([self.at(1, 2), self.at(2, 4)])

    def test_counts_the_seven_objectives(self):
        # Both members have two defences, the second two slots after the first: no wait, in the same room.
        load, coverage, matches, apart, late, days, changes = self.instance.objectives([self.at(1, 2), self.at(2, 4)])
        self.assertEqual(load, 3 * 4 + 7 * 4)
        self.assertEqual(coverage, 1)  # three of three
        self.assertEqual(matches, 1 + 1 + 1 + 2)
        self.assertEqual(apart, 3 * (3 - 2) + 7 * (1 - 1))
        self.assertEqual(late, 7)  # member 2 in slot 4
        self.assertEqual(days, 3 + 7)
        self.assertEqual(changes, 0)

    def test_counts_changes_of_rooms_by_their_wait(self):
        changed = [self.at(1, 1), {**self.at(2, 3), "room": 2}]
        self.assertEqual(self.instance.objectives(changed)[6], 3 * 2 + 7 * 1)

    def test_the_plain_formulation_counts_the_same(self):
        plain = momilp_plain.Plain(self.instance)
        rows = [self.at(1, 2), self.at(2, 4, (2, 1))]
        columns = {}
        for row in rows:
            place = row["day"], row["slot"], row["room"]
            columns[plain.y[(row["defence"], *place)]] = 1
            for role, member in enumerate(row["committee"], 1):
                columns[plain.x[(member, row["defence"], role, *place)]] = 1
        values = plain.completed(columns)
        for terms, sense, right, _ in plain.model.rows:
            left = sum(coefficient * values.get(column, 0) for coefficient, column in terms)
            self.assertTrue({"L": left <= right, "G": left >= right, "E": left == right}[sense])
        counted = [sum(coefficient * values.get(column, 0) for coefficient, column in objective)
                   for objective in plain.objectives()]
        load, coverage, matches, *others = self.instance.objectives(rows)
        self.assertEqual(counted, [-2, load, -coverage * 3, -matches, *others])
        self.assertEqual(plain.solution(values), rows)

    def test_tells_at_which_value_it_is_better(self):
        self.assertEqual(momilp.against([2, 5, 1, 4, 0, 0, 0, 0], [2, 5, 1, 3, 0, 0, 0, 0]), "better at z3")
        self.assertEqual(momilp.against([2, 6, 1, 4, 0, 0, 0, 0], [2, 5, 1, 3, 0, 0, 0, 0]), "WORSE at z1")
        self.assertEqual(momilp.against([2, 6, 1, 4, 0, 0, 0, 0], [0] * 8), "better at scheduled")

    def test_writes_open_seats_with_the_eligible(self):
        text = self.instance.text()
        self.assertEqual(text.count("open_seat"), 4)
        self.assertEqual(text.count("candidate"), 8)
        self.assertIn("nearness 0 2 1", text)
        self.assertIn('subject "none 0"', text)  # defence 1 has one subject less than defence 2
        self.assertIn("buffer_minutes 30", text)

    def test_reads_a_solution_back(self):
        placements = [{"defence": "2", "day": "2027-03-01", "time": "08:30", "room": "1", "holders": ["2", "1"]}]
        self.assertEqual(self.instance.solution(placements), [self.at(2, 2, (2, 1))])


if __name__ == "__main__":
    unittest.main()
