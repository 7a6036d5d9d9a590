"""The whole list of requirements of the bench of boards, on a tiny instance in the family's format, made up."""

import unittest

import exam_requirements


def person(name, roles, programmes, availability="1" * 10):
    return {"id": name, "availability": availability, **{role: role in roles for role in ("president", "secretary", "member")},
            **{programme: programme in programmes for programme in ("CS", "EE")}}


# One day. Ada and Eva preside, Sam and Sue are secretaries, Max is the member, Eli examines.
CONTENT = {
    "hours_per_day": 10, "exam_minutes": {"BSc": 40, "MSc": 50},
    "instructors": [person("ada", ["president"], ["CS"]), person("eva", ["president"], ["EE"]),
                    person("sam", ["secretary"], ["CS", "EE"]), person("sue", ["secretary"], ["CS"]),
                    person("max", ["member"], ["CS", "EE"]), person("eli", [], ["CS"]), person("joe", [], ["CS"])],
    "courses": [{"id": "K1", "examiners": ["eli", "ada"], "examiners_secondary": []},
                {"id": "K2", "examiners": [], "examiners_secondary": ["eli"]}],
    "students": [{"id": f"T{k}", "degree": "BSc", "program": "CS", "supervisor": "joe", "courses": ["K1"]} for k in (1, 2, 3)],
}


def row(student, time, room=1, president="ada", secretary="sam", examiner="eli", **other):
    return {"student": student, "day": 1, "time": time, "room": room, "president": president, "secretary": secretary,
            "member": "max", "examiners": [examiner], **other}


BEST = [row("T1", "09:00"), row("T2", "09:40"), row("T3", "10:20")]


class Requirements(unittest.TestCase):
    def setUp(self):
        self.instance = exam_requirements.Requirements(CONTENT, ["2027-03-01"])

    def terms(self, rows):
        """Without workloads."""
        return {name: cost for name, cost in self.instance.terms(rows).items() if not name.endswith("workload")}

    def test_the_best_costs_nothing_but_workloads(self):
        self.assertEqual(self.terms(BEST), {})

    def test_counts_each_requirement(self):
        for rows, terms in (
                ([row("T1", "08:55"), *BEST[1:]], {"start": 10, "hole": 2 * 5}),  # everybody but the student waits
                ([row("T1", "09:00", examiner="ada"), *BEST[1:]], {}),
                ([row("T1", "09:00", president="eva", examiner="ada"), *BEST[1:]],
                 {"president change": 1000, "president change in a day": 10, "president of another programme": 1,
                  "examiner not president": 1}),
                ([*BEST[:2], row("T3", "16:30", president="eva", secretary="sue")],
                 {"president change in a day": 10, "president of another programme": 1, "end": 10, "hole": 2 * 3}),
                ([*BEST[:2], row("T3", "10:20", room=2)], {"section too many": 1}),
                ([*BEST[:1], row("T2", "11:00"), row("T3", "12:25")], {"lunch shorter than an hour": 1.5, "hole": 2 * 5}),
                ([*BEST[:1], row("T2", "11:55"), row("T3", "13:10")],
                 {"room without lunch": 40, "instructor without lunch": 40 * 5, "lunch shorter than an hour": 6, "hole": 2 * 5})):
            with self.subTest(rows=rows):
                self.assertEqual(self.terms(rows), terms)

    def test_absences_and_own_students_cost(self):
        self.instance.people["eli"]["availability"] = "0" * 10
        self.instance.people["max"]["availability"] = "0" * 10
        self.instance.students["T1"] = {**CONTENT["students"][0], "supervisor": "sue"}
        self.assertEqual(self.terms(BEST), {"examiner absent": 3000, "member absent": 15, "secretary's own student": 1})
        # Ada could examine; there is no other member.
        self.assertEqual(self.instance.bound(), self.instance.constant() + 15)
        for name in ("eli", "max"):
            self.instance.people[name]["availability"] = "1" * 10

    def test_workloads_are_about_the_share_of_each(self):
        # Three students for two secretaries of CS, Sam of EE, too: one and a half each, which nobody can have.
        self.assertEqual(self.instance.share("secretary", "sue"), exam_requirements.fractions.Fraction(3, 2))
        self.assertEqual([self.instance.workload_cost("secretary", "sue", count) for count in (0, 1, 2, 3)], [30, 20, 20, 30])
        self.assertGreaterEqual(self.instance.constant(), 20)
        for role in exam_requirements.ROLES:
            for name in self.instance.holders(role):
                for count in range(5):
                    bands = sum(cost for low, high, cost in self.instance.bands(role, name) if not low <= count <= high)
                    self.assertEqual(bands, self.instance.workload_cost(role, name, count), (role, name, count))

    def test_refuses_what_cannot_be(self):
        for rows, text in ((BEST[:2], "not everybody"), ([row("T1", "09:05"), *BEST[1:]], "in two places"),
                           ([row("T1", "17:50"), *BEST[1:]], "no such place"),
                           ([row("T1", "09:00", president="sam"), *BEST[1:]], "may not be president"),
                           ([row("T1", "09:00", examiner="max"), *BEST[1:]], "not an examiner")):
            with self.subTest(text=text), self.assertRaisesRegex(ValueError, text):
                self.instance.terms(rows)

    def test_writes_the_problem_and_reads_a_solution_back(self):
        text = self.instance.text()
        for line in ("early 09:00 cost 10", "late 18:00", "rule waits soft weight 4 parameter 0", "  day_change_cost 10",
                     '    candidate "eva" cost 1', "rule short_pause soft weight 1\n"):
            (self.assertNotIn if line == "late 18:00" else self.assertIn)(line, text)
        self.assertEqual(text.count('open_seat "examiner"'), 3)
        placements = [{"defence": "T1", "day": "2027-03-01", "time": "09:00", "room": "1", "holders": ["ada", "sam", "max", "eli"]}]
        self.assertEqual(self.instance.solution(placements), BEST[:1])


if __name__ == "__main__":
    unittest.main()
