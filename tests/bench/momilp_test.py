"""The bench of composed committees on a tiny instance in the family's format, made up."""

import json
import os
import tempfile
import unittest

import momilp

# Two members who may hold either of two roles, one room, one day of four slots; member 2 cannot start in slot 1.
TINY = {
    "idx": {"n_i": 2, "n_j": 2, "n_t": 2, "n_k": 1, "n_ell": 4, "n_p": 1, "n_q": 1},
    "par": {
        "d": 2,
        "e": [[]] + [[[]] + [[0, 1, 1] for _ in range(2)] for _ in range(2)],
        "c": [0, 2, 2],
        "l": [[], [[], [0, 1, 1, 1, 1]], [[], [0, 0, 1, 1, 2]]],
        "m": [[], [[], [0, 1], [0, 1], [0, 1], [0, 1]]],
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

    def test_writes_open_seats_with_the_eligible(self):
        text = self.instance.text()
        self.assertEqual(text.count("open_seat"), 4)
        self.assertEqual(text.count("candidate"), 8)
        self.assertIn("buffer_minutes 30", text)

    def test_reads_a_solution_back(self):
        placements = [{"defence": "2", "day": "2027-03-01", "time": "08:30", "room": "1", "holders": ["2", "1"]}]
        self.assertEqual(self.instance.solution(placements), [self.at(2, 2, (2, 1))])


if __name__ == "__main__":
    unittest.main()
