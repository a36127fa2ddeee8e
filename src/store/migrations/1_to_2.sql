-- From version 1 to version 2.

-- ---- rooms: what members are
ALTER TABLE member ADD COLUMN ranks TEXT NOT NULL DEFAULT '';
UPDATE member SET ranks =
    CASE WHEN operator = 0 THEN ''
         WHEN account IS (SELECT creator FROM room WHERE id = member.room AND permanent = 1) THEN 'qo'
         ELSE 'o' END
    || CASE WHEN voice = 1 THEN 'v' ELSE '' END;
ALTER TABLE member DROP COLUMN operator;
ALTER TABLE member DROP COLUMN voice;

-- ---- rooms: more modes
ALTER TABLE room ADD COLUMN auditorium        INTEGER NOT NULL DEFAULT 0 CHECK (auditorium IN (0, 1));
ALTER TABLE room ADD COLUMN no_ctcp           INTEGER NOT NULL DEFAULT 0 CHECK (no_ctcp IN (0, 1));
ALTER TABLE room ADD COLUMN op_moderated      INTEGER NOT NULL DEFAULT 0 CHECK (op_moderated IN (0, 1));
ALTER TABLE room ADD COLUMN registered_only   INTEGER NOT NULL DEFAULT 0 CHECK (registered_only IN (0, 1));
ALTER TABLE room ADD COLUMN registered_speech INTEGER NOT NULL DEFAULT 0 CHECK (registered_speech IN (0, 1));
ALTER TABLE room ADD COLUMN flood             TEXT;

-- ---- rooms: more lists
ALTER TABLE ban RENAME TO old_ban;
CREATE TABLE ban (
    room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    kind TEXT    NOT NULL CHECK (kind IN ('ban', 'exception', 'invitation', 'mute')),
    mask TEXT    NOT NULL,
    nick TEXT    NOT NULL,
    at   INTEGER NOT NULL,
    till INTEGER,
    why  TEXT,
    PRIMARY KEY (room, kind, mask)
) STRICT;
INSERT INTO ban SELECT room, kind, mask, nick, at, till, why FROM old_ban;
DROP TABLE old_ban;

-- ---- operators: bans of the whole server
CREATE TABLE server_ban (
    kind   TEXT    NOT NULL CHECK (kind IN ('account', 'mask', 'network')),
    target TEXT    NOT NULL,                                -- a name, nick!user@host, or an address with or without bits
    nick   TEXT    NOT NULL,                                -- who set it
    at     INTEGER NOT NULL,                                -- ms
    till   INTEGER,                                         -- ms; NULL: for good
    why    TEXT,
    PRIMARY KEY (kind, target)
) STRICT;
