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
