"""The bench of thesis seminars on a tiny instance in the family's format, made up."""

import json
import os
import tempfile
import unittest

import tstp

# Three students of two specialisations, one day of two halves of two slots, two sessions at most; student 3 cannot come
# in the first slot.
TINY = {
    "students": 3, "days": 1, "slots_per_day": 4, "morning_slots": [0, 1], "afternoon_slots": [2, 3],
    "parallel_sessions_max": 2, "specialisations": 2, "min_per_half_session": 0, "max_per_half_session": 2, "M": 15,
    "weights": {"F1": 0.1, "F2": 0.02, "F3": 0.3, "F4": 0.5, "F5": 0.01},
    "availability": [[[1, 1, 1, 1]], [[1, 1, 1, 1]], [[0, 1, 1, 1]]],
    "specialisation_of": [0, 0, 1],
}


def at(student, slot, session=1):
    return {"student": student, "day": 1, "session": session, "slot": slot}


class Tstp(unittest.TestCase):
    def setUp(self):
        self.instance = tstp.Instance(json.loads(json.dumps(TINY)))

    def test_finds_the_instances(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "tiny.json"), "w", encoding="utf-8") as file:
                json.dump(TINY, file)
            self.assertEqual([name for name, _ in tstp.instances(folder)], ["tiny"])

    def test_counts_nothing_inside_full_halves_of_one_specialisation(self):
        # Students 1 and 2 fill a morning; student 3 alone in the last slot: one switch from unused to used.
        self.assertEqual(self.instance.criteria([at(1, 1), at(2, 2), at(3, 4)]), (1, 2, 1, 0, 1))

    def test_counts_both_specialisations_of_a_switch(self):
        self.assertEqual(self.instance.criteria([at(1, 1), at(3, 2), at(2, 4)]), (1, 3, 3, 0, 1))

    def test_counts_students_outside_their_availability_and_sessions(self):
        self.assertEqual(self.instance.criteria([at(3, 1), at(1, 1, 2), at(2, 2, 2)]), (1, 2, 1, 1, 2))

    def test_weighs_the_criteria(self):
        self.assertEqual(self.instance.weighted([at(1, 1), at(3, 2), at(2, 4)]), 0.1 + 0.06 + 0.9 + 0.01)

    def test_wants_lunch(self):
        with self.assertRaisesRegex(ValueError, "no lunch"):
            self.instance.criteria([at(1, 1), at(2, 2), at(3, 3)])

    def test_wants_every_student_once(self):
        with self.assertRaisesRegex(ValueError, "1 students"):
            self.instance.criteria([at(1, 1), at(2, 2)])
        with self.assertRaisesRegex(ValueError, "twice"):
            self.instance.criteria([at(1, 1), at(1, 2), at(3, 4)])

    def test_wants_no_more_sessions_than_there_are(self):
        with self.assertRaisesRegex(ValueError, "2 sessions"):
            self.instance.criteria([at(1, 1), at(2, 2), at(3, 4, 3)])

    def test_writes_the_rules_of_the_family_as_data(self):
        text = self.instance.text()
        self.assertIn("rule availability soft weight 50000", text)
        self.assertIn("rule room_gaps soft weight 40000", text)
        self.assertIn("rule topic_changes soft weight 60000", text)
        self.assertIn("rule room_day_limit hard parameter 2", text)
        self.assertEqual(text.count("topic \""), 3)
        self.assertEqual(text.count("blocked 2027-03-01 08:00 to 08:30"), 1)

    def test_numbers_sessions_over_all_days(self):
        placements = [{"defence": "2", "day": "2027-03-01", "time": "08:30", "room": "5"},
                      {"defence": "1", "day": "2027-03-01", "time": "10:00", "room": "2"}]
        self.assertEqual(self.instance.solution(placements), [at(2, 2, 2), at(1, 3, 1)])


if __name__ == "__main__":
    unittest.main()
