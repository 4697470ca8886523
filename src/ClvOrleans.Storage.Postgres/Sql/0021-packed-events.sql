-- From here on a row of events may be a pack of many (kind 'Packed', source ''). The tables are as they were; an earlier version, which
-- would take such a row for an event, must not open the database.
SELECT 1;
