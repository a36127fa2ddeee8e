-- Read markers keep the time as well: that of the last event up to the number, as far as it has not expired.
ALTER TABLE room_marker ADD COLUMN time INTEGER NOT NULL DEFAULT 0;
UPDATE room_marker SET time = coalesce(
    (SELECT time FROM event WHERE event.number <= room_marker.number ORDER BY event.number DESC LIMIT 1), 0);
ALTER TABLE private_marker ADD COLUMN time INTEGER NOT NULL DEFAULT 0;
UPDATE private_marker SET time = coalesce(
    (SELECT time FROM event WHERE event.number <= private_marker.number ORDER BY event.number DESC LIMIT 1), 0);
