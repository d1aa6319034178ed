-- Every payment writes audit rows, and the sealing job reads the newest by their time once a minute.
-- Rows come nearly in that order, so a range per block finds them, at next to no cost for the writer.

drop index audit_by_time;
create index audit_by_time on audit using brin (at) with (pages_per_range = 16);
