"""The generated final examinations of the bench of boards, on a tiny instance in the family's format, made up."""

import json
import os
import tempfile
import unittest

import bme
import final_exams

DATES = ["2027-03-01"]


def content():
    """Three students on one day of eight slots, two rooms; 1 and 2 may sit in the board, 3 and 4 teach."""
    people = [{"Id": k, "Programm": [1, 2], "Roles": [1] if k < 3 else [], "Availability": [1, 1, 1, 1]} for k in range(1, 5)]
    students = [{"Id": k, "Programm": 2 if k == 3 else 1, "Degree": k, "SupervisorId": 4 if k == 2 else 3, "CourseIds": [1, 2]}
                for k in range(1, 4)]
    rules = {"RolesDemands": [1], "RolesContinuity": [1], "ExamLength": [2, 2, 2], "OptimalLunchLength": [3, 2],
             "OptimalStartTs": [1, 2], "OptimalFinishTs": [2, 7]}
    return {
        "Exam": {"NumberOfDays": 1, "SlotsPerDay": 8, "AvailabilitySlotsLenght": 2, "NumberOfRooms": 2, "NumberOfProgrammes": 2,
                 "NumberOfRoles": 1, "Instructors": people, "Students": students,
                 "Courses": [{"Id": 1, "InstructorIds": [1, 3]}, {"Id": 2, "InstructorIds": [4]}]},
        "AllConstraints": {
            **{name: {"Required": True, "ArrayParam": value} for name, value in rules.items()},
            **{name: {"Required": True, "SingleParam": value} for name, value in (
                ("MinimumLunchTimeSlotLength", 1), ("SupervisorAvailable", 5), ("MinimizeRooms", 100),
                ("SameDegreeInRoom", 10), ("Mergeability", 1))},
            "LunchStarts": {"Required": True, "ArrayDictParam": {"1": [4, 5]}},
            "RolesSoftContinuity": {"Required": False, "DictParam": {"1": 4}},
        },
    }


DZN = """
DaysNr = 1; SlotsPerDay = 8;
AvailabilitySlotsLenght = 2;
RoomNr = 2;
ProgrammNr = 2;
InstructorRolesPerProgramm = [|{1, 2}|{1, 2}|];
InstructorsAvailability = [|1, 1, 1, 1, |1, 1, 1, 1, |1, 1, 1, 1, |1, 1, 1, 1|];
StudentsProgramm = [1, 1, 2];
StudentsDegree = [1, 2, 3];
StudentsSupervisorId = [3, 4, 3];
StudentsCourseIds = [{1, 2}, {1, 2}, {1, 2}];
TheoryticalMinCard = [1, 1, 1];
CoursesInstructorIds = [{1, 3}, {4}];
RolesDemands = [1];
RolesContinuity = [1];
ExamLen = [2, 2, 2];
LunchTsMinLen = 1;
LunchStarts = [4..5];
SupervisorAvailable = 5;
OptimalLunchLenght = [3, 2];
OptimalStartTs = [1, 2];
OptimalFinishTs = [2, 7];
MinimizeRooms = 100;
RolesSoftContinuity = [|1|4|];
SameDegreeInRoom = 10;
Mergeability = 1;
""".replace("; SlotsPerDay", ";\nSlotsPerDay")


def exam(student, slot, room, holder, examiners, day=1):
    return {"student": student, "day": day, "slot": slot, "room": room, "roles": {"1": [holder]}, "examiners": examiners}


def lunch(room, slot, slots):
    return {"day": 1, "room": room, "lunch_slot": slot, "lunch_slots": slots}


class FinalExams(unittest.TestCase):
    def setUp(self):
        self.instance = final_exams.FinalExams(final_exams.with_least_people(final_exams.of_json(content())))
        # Students 1 and 2 in room 1, on either side of lunch; 3 in room 2.
        self.legal = [exam(1, 1, 1, 1, [1, 4]), exam(2, 6, 1, 2, [3, 4]), exam(3, 3, 2, 1, [1, 4]), lunch(1, 4, 2),
                      lunch(2, 5, 2)]

    def test_reads_both_formats_alike_and_takes_what_two_files_say_once(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (("a.json", json.dumps(content())), ("a.dzn", DZN), ("b.dzn", DZN.replace("[3, 2]", "[3, 1]")),
                               ("c.json", "[]"), ("d.json", "{"), ("e.dzn", "x = 1;")):
                with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                    file.write(text)
            self.assertEqual(final_exams.read(os.path.join(folder, "a.json")).data,
                             final_exams.read(os.path.join(folder, "a.dzn")).data)
            self.assertEqual([os.path.basename(path) for _, path in bme.instances(folder)], ["a.json", "b.dzn"])

    def test_counts_what_the_model_counts(self):
        rows = [exam(1, 2, 1, 1, [1, 4]), exam(2, 7, 1, 2, [3, 4]), *self.legal[3:]]
        # One room less than needed at least is none; pairs: another holder, another degree; one slot too late.
        self.assertEqual(self.instance.terms(rows), {
            "finish": 2, "role continuity": 4, "same degree": 10,
            # Three people each, one in a role and one more than "theoretically" needed.
            "mergeability": (3 - 1 - 1) + (3 - 1 - 1)})

    def test_a_second_room_costs_and_an_early_start_does(self):
        rows = [self.legal[0], exam(2, 7, 2, 2, [3, 4]), *self.legal[3:]]
        terms = self.instance.terms(rows)
        self.assertEqual((terms["rooms"], terms["start"]), (100, 1))

    def test_a_break_that_is_too_short_and_an_absent_supervisor_cost(self):
        self.instance.data["InstructorsAvailability"][3 - 1] = [0, 1, 1, 1]
        rows = [exam(1, 2, 1, 1, [1, 4]), lunch(1, 4, 1), self.legal[4]]
        terms = self.instance.terms(rows)
        self.assertEqual((terms["lunch length"], terms["supervisor available"]), (3, 5))

    def test_refuses_what_cannot_be(self):
        self.instance.terms(self.legal)
        for number, fields, text in (
                (0, {"roles": {"1": [3]}}, "role 1 is not held"), (0, {"examiners": [4]}, "a course has no examiner"),
                (0, {"slot": 8}, "no such place"), (0, {"slot": 3}, "at once"), (0, {"slot": 7}, "at once"),
                (2, {"slot": 4}, "during lunch"), (2, {"room": 1, "slot": 8 - 5}, "two programmes"),
                (3, {"lunch_slot": 3}, "no lunch break"), (1, {"student": 1}, "twice")):
            with self.subTest(number=number, **fields):
                rows = [{**row, **fields} if k == number else row for k, row in enumerate(self.legal)]
                with self.assertRaisesRegex(ValueError, text):
                    self.instance.terms(rows)
        self.instance.data["InstructorsAvailability"][1 - 1] = [0, 1, 1, 1]
        with self.assertRaisesRegex(ValueError, "1 is not available"):
            self.instance.terms(self.legal)
        self.instance.minds_availability = False
        self.instance.terms(self.legal)

    def test_a_role_with_continuity_may_change_at_lunch_only(self):
        self.instance.data["StudentsProgramm"][2] = 1
        rows = [self.legal[0], exam(2, 7, 1, 2, [3, 4]), exam(3, 5, 1, 1, [1, 4]), lunch(1, 4, 1), self.legal[4]]
        with self.assertRaisesRegex(ValueError, "must stay changes"):
            self.instance.terms(rows)

    def test_bounds_the_cost_by_the_people_without_whom_it_is_not_done(self):
        # Supervisor 3 teaches course 1: with 4 for course 2 and somebody in the role three people come. Supervisor 4:
        # the role's holder may be 1, who covers course 1.
        self.assertEqual([self.instance.least_people(student) for student in (1, 2, 3)], [2, 2, 2])
        self.assertEqual(self.instance.bound(3), 0)
        self.instance.data["TheoryticalMinCard"] = [0, 0, 0]
        self.assertEqual(self.instance.bound(3), 3)
        self.instance.lunch_least = 3
        self.assertEqual(self.instance.bound(0), 3 * 1 * 2 - 100)  # lunch in two rooms, and no room

    def test_finds_the_cheapest_break(self):
        self.assertEqual(self.instance.best_break([exam(1, 2, 1, 1, [1, 4])], 1, 1), lunch(1, 4, 2))
        self.assertEqual(self.instance.best_break([exam(1, 4, 1, 1, [1, 4])], 1, 1), None)

    def test_writes_the_problem_and_reads_a_solution_back(self):
        text = self.instance.text(DATES)
        self.assertIn("pause 2027-03-01 08:30 to 08:50 least 10 wanted 20", text)
        self.assertIn("early 08:10 cost 1", text)
        self.assertIn("late 09:10 cost 2", text)
        self.assertEqual(text.count('  open_seat "examiner" shared'), 6)
        placements = [{"defence": "1", "day": "2027-03-01", "time": "08:10", "room": "1",
                       "holders": ["instructor 1", "instructor 1", "instructor 4"]}]
        self.assertEqual(self.instance.solution(placements, DATES),
                         [exam(1, 2, 1, 1, [1, 4]), lunch(1, 4, 2), lunch(2, 4, 2)])


if __name__ == "__main__":
    unittest.main()
