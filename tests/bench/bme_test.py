"""The bench of examination boards on tiny instances in the family's format, made up."""

import json
import os
import tempfile
import unittest

import bme


def person(name, roles, availability):
    return {"id": name, "availability": availability,
            **{role: role in roles for role in ("president", "member", "secretary")}}


# Four slots, two blocks of two. Pat supervises and examines, and cannot come in slot 3.
BOARDS = {
    "name": "tiny", "slots_used": 4, "slots_per_day": 4, "block_length": 2,
    "instructors": [person("pat", ["president"], "1110"), person("pia", ["president"], "1111"),
                    person("sam", ["secretary", "member"], "1111"), person("eli", [], "0111")],
    "courses": [{"id": "C1", "examiners": ["eli", "pat"]}],
    "students": [{"id": f"S{k}", "supervisor": "pat" if k == 1 else "eli", "course": "C1"} for k in range(1, 5)],
    "weights": {"StudentDuplicated": 10000, "PresidentNotAvailable": 1000, "SecretaryNotAvailable": 1000,
                "ExaminerNotAvailable": 1000, "MemberNotAvailable": 5, "SupervisorNotAvailable": 5,
                "PresidentChange": 1000, "SecretaryChange": 1000, "WorkloadWorst": 30, "WorkloadWorse": 20,
                "WorkloadBad": 10, "PresidentSelfStudent": 2, "SecretarySelfStudent": 1, "ExaminerNotPresident": 1},
}

# One day of two hours; Ada presides over CS, Eva over EE. T1 has a supervisor who could preside, over the other programme.
SECTIONS = {
    "name": "tiny", "days": ["d1"], "hours_per_day": 10,
    "instructors": [{"id": name, "president": name in ("ada", "eva"), "availability": "1" * 10}
                    for name in ("ada", "eva", "sue")],
    "students": [{"id": "T1", "program": "EE", "supervisor": "sue", "courses": ["K1"]},
                 {"id": "T2", "program": "CS", "supervisor": "ada", "courses": ["K1", "K2"]}],
    "president_schedule": [{"instructor": "ada", "hours": ["CS"] * 10}, {"instructor": "eva", "hours": ["EE"] * 10}],
}


class Bench(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, content):
        path = os.path.join(self.folder, "tiny.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file)
        return path

    def test_finds_the_instances_of_both_kinds(self):
        self.assertIsInstance(bme.read(self.write(SECTIONS)), bme.Sections)
        self.assertIsInstance(bme.read(self.write(BOARDS)), bme.Boards)
        self.assertEqual([name for name, _ in bme.instances(self.folder)], ["tiny"])

    def test_reads_the_best_known_of_the_runs_with_the_right_roles(self):
        path = self.write(BOARDS)
        self.assertIsNone(bme.best_known(path))
        with open(os.path.join(self.folder, "all_upstream_runs_tiny.csv"), "w", encoding="utf-8") as file:
            file.write("file,total,role_violations,wrong_sup_or_examiner\na,90,1,0\nb,120,0,0\nc,110,0,0\n")
        self.assertEqual(bme.best_known(path), 110)


class Boards(unittest.TestCase):
    def setUp(self):
        self.instance = bme.Boards(BOARDS)
        self.best = [{"slot": k, "student": f"S{k + 1}", "president": "pat" if k < 2 else "pia", "secretary": "sam",
                      "member": "sam", "examiner": "pat" if k == 0 else "eli"} for k in range(4)]

    def changed(self, slot, **fields):
        return [{**row, **fields} if row["slot"] == slot else row for row in self.best]

    def test_the_best_costs_nothing(self):
        self.assertEqual(self.instance.terms(self.best), {})
        self.assertEqual(self.instance.bound(), 0)

    def test_counts_what_the_fitness_counts(self):
        for slot, fields, terms in (
                (1, {"president": "pia"}, {"president change": 1000, "president workload": 20}),
                (0, {"examiner": "eli"}, {"examiner not available": 1000}),
                (1, {"examiner": "pat"}, {}),
                (2, {"examiner": "pat"}, {"examiner not president": 1}),
                (2, {"student": "S2"}, {"student duplicated": 10000})):
            with self.subTest(slot=slot, **fields):
                self.assertEqual(self.instance.terms(self.changed(slot, **fields)), terms)

    def test_an_absent_supervisor_costs_five(self):
        rows = [{**row, "student": {"S1": "S4", "S4": "S1"}.get(row["student"], row["student"])} for row in self.best]
        terms = self.instance.terms(rows)
        self.assertEqual(terms["supervisor not available"], 5 + 5)  # eli in slot 0, pat in slot 3
        self.assertEqual(terms["president self student"], 2)

    def test_roles_must_be_held_by_those_who_may(self):
        with self.assertRaisesRegex(ValueError, "may not be president"):
            self.instance.terms(self.changed(0, president="sam"))
        with self.assertRaisesRegex(ValueError, "does not examine"):
            self.instance.terms(self.changed(0, examiner="pia"))

    def test_every_slot_has_a_student(self):
        with self.assertRaisesRegex(ValueError, "3 of 4"):
            self.instance.terms(self.best[:3])

    def test_the_bands_add_up_to_the_steps(self):
        for slots in (4, 100, 37):
            self.instance.slots = slots
            for role in ("president", "secretary", "member"):
                for count in range(slots + 1):
                    bands = sum(cost for low, high, cost in self.instance.bands(role) if not low <= count <= high)
                    self.assertEqual(bands, self.instance.load_cost(role, count), (slots, role, count))

    def test_workloads_of_whole_blocks_bound_the_cost(self):
        # Three blocks for two presidents: one has four slots of six, a third more than the share, which costs 20.
        self.instance.slots = 6
        self.assertEqual(self.instance.bound(), self.instance.load_cost("president", 4) +
                         self.instance.load_cost("president", 2))

    def test_blocks_are_windows_of_their_own(self):
        openings = [line for line in self.instance.text().splitlines() if line.startswith("opening")]
        self.assertEqual(openings, ["opening 2027-03-01 00:00 to 02:00", "opening 2027-03-01 03:00 to 05:00"])

    def test_reads_a_solution_back(self):
        placements = [{"defence": "S3", "day": "2027-03-01", "time": "03:00", "room": "1",
                       "holders": ["pia", "sam", "sam", "eli"]}]
        self.assertEqual(self.instance.solution(placements), [self.best[2]])


class Sections(unittest.TestCase):
    def setUp(self):
        self.instance = bme.Sections(SECTIONS)
        self.best = [{"student": "T1", "day": 1, "time": "08:00", "room": 1, "president": "eva"},
                     {"student": "T2", "day": 1, "time": "08:00", "room": 2, "president": "ada"},
                     {"day": 1, "time": "12:00", "room": 1, "lunch": 60},
                     {"day": 1, "time": "12:30", "room": 2, "lunch": 60}]

    def test_the_best_costs_nothing(self):
        self.assertEqual(self.instance.terms(self.best), {})
        self.assertEqual(self.instance.bound(), 0)

    def test_a_supervisor_who_could_preside_and_does_not_costs_two_a_slot(self):
        students = self.instance.students
        students["T1"] = {**students["T1"], "supervisor": "ada"}
        rows = [{**row, "time": "09:00"} if row.get("student") == "T1" else row for row in self.best]
        self.assertEqual(self.instance.terms(rows), {"president self student": 16})
        self.assertEqual(self.instance.bound(), 16)

    def test_an_absent_supervisor_costs_five_a_slot(self):
        self.instance.people["sue"]["availability"] = "0" + "1" * 9
        self.assertEqual(self.instance.terms(self.best), {"supervisor not available": 40})
        self.instance.people["sue"]["availability"] = "1" * 10

    def test_a_break_costs_half_a_point_a_slot_and_forty_outside_noon(self):
        for fields, cost in (({"lunch": 45}, 1.5), ({"lunch": 80}, 2), ({"time": "11:25"}, 40), ({"time": "12:45"}, 40)):
            with self.subTest(**fields):
                rows = [{**row, **fields} if k == 2 else row for k, row in enumerate(self.best)]
                self.assertEqual(self.instance.terms(rows), {"lunch": cost})

    def test_finds_the_cheapest_break(self):
        self.assertEqual(self.instance.break_of(self.best[:2], 1, 1), {"day": 1, "time": "11:30", "room": 1, "lunch": 60})
        late = [{**self.best[0], "time": "12:15"}]
        self.assertEqual(self.instance.break_of(late, 1, 1), {"day": 1, "time": "11:30", "room": 1, "lunch": 45})

    def test_refuses_what_cannot_be(self):
        for number, fields, text in ((0, {"president": "ada"}, "does not preside"),
                                     (0, {"room": 2, "time": "08:30"}, "the president changes"),
                                     (1, {"time": "12:45"}, "in two places"),
                                     (2, {"lunch": 35}, "too short"),
                                     (2, {"room": 2}, "in two places"),
                                     (0, {"time": "17:30"}, "no such place")):
            with self.subTest(number=number, **fields):
                rows = [{**row, **fields} if k == number else row for k, row in enumerate(self.best)]
                with self.assertRaisesRegex(ValueError, text):
                    self.instance.terms(rows)
        with self.assertRaisesRegex(ValueError, "1 students are not examined"):
            self.instance.terms(self.best[1:])

    def test_writes_sections_and_lunch_breaks(self):
        text = self.instance.text(absences=True)
        self.assertIn("rule role_absence soft weight 2 parameter 5", text)
        self.assertIn("rule availability off", text)
        self.assertNotIn("availability", self.instance.text(absences=False))
        self.assertEqual(text.count("  open_seat"), 2)
        self.assertIn("pause 2027-03-01 11:30 to 13:01 least 40 wanted 60 until 2027-03-01 13:40", text)
        self.assertIn('candidate "president ada" cost 0', text)


if __name__ == "__main__":
    unittest.main()
