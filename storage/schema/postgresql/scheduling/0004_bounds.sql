-- What is proven of a timetable: no other has a better score. 0 says nothing.
ALTER TABLE timetables ADD COLUMN bound_hard BIGINT NOT NULL DEFAULT 0;
ALTER TABLE timetables ADD COLUMN bound_unplaced BIGINT NOT NULL DEFAULT 0;
ALTER TABLE timetables ADD COLUMN bound_strong BIGINT NOT NULL DEFAULT 0;
ALTER TABLE timetables ADD COLUMN bound_soft BIGINT NOT NULL DEFAULT 0;
