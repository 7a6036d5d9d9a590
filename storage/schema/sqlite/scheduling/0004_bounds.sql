-- What is proven of a timetable: no other has a better score. 0 says nothing.
ALTER TABLE timetables ADD COLUMN bound_hard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE timetables ADD COLUMN bound_unplaced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE timetables ADD COLUMN bound_strong INTEGER NOT NULL DEFAULT 0;
ALTER TABLE timetables ADD COLUMN bound_soft INTEGER NOT NULL DEFAULT 0;
