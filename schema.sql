-- chinwag: everything a server keeps, in one SQLite file.
--
-- This is the current schema, what a new file is made of. A file of an older version reaches it by the migrations in
-- src/store/migrate.rs; src/store/schemas/N.sql is version N as it was released, and a test upgrades each of them.
--
-- Times are milliseconds since 1970, UTC. Numbers are those of the one counter over the whole server. Names are kept
-- twice: as written, and folded for comparing. An account that somebody deletes leaves its id behind in what it wrote;
-- ids and numbers are never used again. Foreign keys are looked at when a batch commits, so that its order is free.

-- "chwg": what tells the file from other SQLite databases.
PRAGMA application_id = 0x63687767;
PRAGMA user_version = 2;

-- What belongs to the whole server: one row.
CREATE TABLE meta (
    id           INTEGER PRIMARY KEY CHECK (id = 1),                -- always 1
    applied      INTEGER NOT NULL DEFAULT 0 CHECK (applied >= 0),   -- the last entry of the log that is in this file
    next_number  INTEGER NOT NULL DEFAULT 1 CHECK (next_number > 0),
    next_account INTEGER NOT NULL DEFAULT 1 CHECK (next_account > 0),
    next_room    INTEGER NOT NULL DEFAULT 1 CHECK (next_room > 0),
    rules        TEXT    NOT NULL DEFAULT '{}',                     -- JSON: the configuration that decisions read
    secret       BLOB CHECK (length(secret) = 32)                   -- random; salts of names that are nobody's; NULL: not needed yet
) STRICT;
INSERT INTO meta (id) VALUES (1);

CREATE TABLE account (
    id               INTEGER PRIMARY KEY,
    name             TEXT    NOT NULL,                      -- as written
    folded           TEXT    NOT NULL UNIQUE,               -- as compared
    verifier         TEXT    NOT NULL,                      -- PHC string of argon2id
    scram            TEXT,                                  -- SCRAM-SHA-256 keys; NULL unless accounts.scram
    email            TEXT,                                  -- NULL: none given
    role             TEXT    NOT NULL CHECK (role IN ('admin', 'user')),
    created          INTEGER NOT NULL,                      -- ms
    settings         TEXT    NOT NULL DEFAULT '{}',         -- JSON
    initial_password INTEGER NOT NULL DEFAULT 0 CHECK (initial_password IN (0, 1)), -- 1: the one of the first start
    visited          INTEGER NOT NULL DEFAULT 0 CHECK (visited IN (0, 1)),          -- 1: has logged in, autojoin is done
    blocked          INTEGER NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1)),
    block_until      INTEGER,                               -- ms; NULL: for good
    block_why        TEXT,
    block_by         TEXT,                                  -- nick
    CHECK (blocked = 1 OR (block_until IS NULL AND block_why IS NULL AND block_by IS NULL))
) STRICT;

-- Shown once at registration; used once.
CREATE TABLE recovery_code (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    digest  BLOB    NOT NULL CHECK (length(digest) = 32),   -- SHA-256
    PRIMARY KEY (account, digest)
) STRICT;

-- Issued by an admin or mailed: the latest only.
CREATE TABLE reset_code (
    account INTEGER PRIMARY KEY REFERENCES account ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    digest  BLOB    NOT NULL CHECK (length(digest) = 32),   -- SHA-256
    expires INTEGER NOT NULL                                -- ms
) STRICT;

-- Given in place of a password, by scripts.
CREATE TABLE token (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    label   TEXT    NOT NULL,                               -- what its owner calls it
    digest  BLOB    NOT NULL UNIQUE CHECK (length(digest) = 32), -- SHA-256
    rooms   TEXT,                                           -- JSON array of [room, name then]; NULL: all of its owner's
    scope   TEXT    NOT NULL CHECK (scope IN ('all', 'post', 'read')),
    created INTEGER NOT NULL,                               -- ms
    PRIMARY KEY (account, label)
) STRICT;

-- Client certificates that log in (SASL EXTERNAL).
CREATE TABLE certificate (
    digest  BLOB    PRIMARY KEY NOT NULL CHECK (length(digest) = 32), -- SHA-256 of the certificate
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    created INTEGER NOT NULL                                -- ms
) STRICT;
CREATE INDEX certificate_account ON certificate (account);

-- Codes to register with; used once.
CREATE TABLE invitation (
    digest  BLOB    PRIMARY KEY NOT NULL CHECK (length(digest) = 32), -- SHA-256
    inviter INTEGER NOT NULL REFERENCES account ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    created INTEGER NOT NULL                                -- ms
) STRICT;
CREATE INDEX invitation_inviter ON invitation (inviter);

-- Whom an account does not want to hear; not a key of accounts, since guests are ignored too.
CREATE TABLE ignored (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    folded  TEXT    NOT NULL,                               -- nick, as compared
    nick    TEXT    NOT NULL,                               -- as written
    PRIMARY KEY (account, folded)
) STRICT;

CREATE TABLE room (
    id              INTEGER PRIMARY KEY,
    name            TEXT    NOT NULL,                       -- as written, with its #
    folded          TEXT    NOT NULL UNIQUE,                -- as compared
    description     TEXT    NOT NULL DEFAULT '',
    topic           TEXT    NOT NULL DEFAULT '',
    topic_by        TEXT,                                   -- nick; NULL: no topic was ever set
    topic_at        INTEGER,                                -- ms
    creator         INTEGER,                                -- account, which may be gone; NULL: the server or a guest
    created         INTEGER NOT NULL,                       -- ms
    permanent       INTEGER NOT NULL CHECK (permanent IN (0, 1)),
    invite_only     INTEGER NOT NULL DEFAULT 0 CHECK (invite_only IN (0, 1)),
    room_key        TEXT,                                   -- what JOIN has to say; NULL: nothing
    member_limit    INTEGER CHECK (member_limit >= 0),      -- NULL: that of the configuration
    members_only    INTEGER NOT NULL DEFAULT 1 CHECK (members_only IN (0, 1)),    -- 1: nobody speaks from outside
    moderated       INTEGER NOT NULL DEFAULT 0 CHECK (moderated IN (0, 1)),       -- 1: voice or operator needed to speak
    hidden          TEXT    NOT NULL DEFAULT 'no' CHECK (hidden IN ('no', 'private', 'secret')),
    topic_protected INTEGER NOT NULL DEFAULT 1 CHECK (topic_protected IN (0, 1)), -- 1: operators alone set the topic
    last_number     INTEGER NOT NULL DEFAULT 0,             -- of what was said last; 0 after a clear
    cleared_to      INTEGER NOT NULL DEFAULT 0,             -- events up to this number were cleared
    auditorium        INTEGER NOT NULL DEFAULT 0 CHECK (auditorium IN (0, 1)),        -- 1: members without rank are not seen
    no_ctcp           INTEGER NOT NULL DEFAULT 0 CHECK (no_ctcp IN (0, 1)),           -- 1: no CTCP but ACTION
    op_moderated      INTEGER NOT NULL DEFAULT 0 CHECK (op_moderated IN (0, 1)),      -- 1: what is refused reaches operators
    registered_only   INTEGER NOT NULL DEFAULT 0 CHECK (registered_only IN (0, 1)),   -- 1: no guest comes in
    registered_speech INTEGER NOT NULL DEFAULT 0 CHECK (registered_speech IN (0, 1)), -- 1: no guest speaks
    flood             TEXT                                                            -- lines:seconds; NULL: no limit
) STRICT;

CREATE TABLE member (
    room          INTEGER NOT NULL REFERENCES room ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    account       INTEGER NOT NULL REFERENCES account ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    joined_number INTEGER NOT NULL,                         -- of the event it joined with
    joined        INTEGER NOT NULL,                         -- ms
    ranks         TEXT    NOT NULL DEFAULT '',              -- letters: q founder, a protected, o operator, h halfop, v voice
    PRIMARY KEY (room, account)
) STRICT;
CREATE INDEX member_account ON member (account);

CREATE TABLE room_invite (
    room    INTEGER NOT NULL REFERENCES room ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (room, account)
) STRICT;
CREATE INDEX room_invite_account ON room_invite (account);

CREATE TABLE ban (
    room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    kind TEXT    NOT NULL CHECK (kind IN ('ban', 'exception', 'invitation', 'mute')), -- mute: may be there, may not speak
    mask TEXT    NOT NULL,
    nick TEXT    NOT NULL,                                  -- who set it
    at   INTEGER NOT NULL,                                  -- ms
    till INTEGER,                                           -- ms; NULL: for good
    why  TEXT,
    PRIMARY KEY (room, kind, mask)
) STRICT;

-- Bans of the whole server.
CREATE TABLE server_ban (
    kind   TEXT    NOT NULL CHECK (kind IN ('account', 'mask', 'network')),
    target TEXT    NOT NULL,                                -- a name, nick!user@host, or an address with or without bits
    nick   TEXT    NOT NULL,                                -- who set it
    at     INTEGER NOT NULL,                                -- ms
    till   INTEGER,                                         -- ms; NULL: for good
    why    TEXT,
    PRIMARY KEY (kind, target)
) STRICT;

-- Two accounts that have written to each other; one account, both times, for notes to oneself.
CREATE TABLE conversation (
    low         INTEGER NOT NULL,                           -- account, which may be gone
    high        INTEGER NOT NULL,                           -- account, which may be gone
    last_number INTEGER NOT NULL,                           -- of what was said last
    PRIMARY KEY (low, high),
    CHECK (low <= high)
) STRICT;
CREATE INDEX conversation_high ON conversation (high);

-- How far an account has read a room, whether or not it is a member now.
CREATE TABLE room_marker (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    room    INTEGER NOT NULL REFERENCES room ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    number  INTEGER NOT NULL,                               -- the last that is read
    time    INTEGER NOT NULL DEFAULT 0,                     -- ms: up to when, as it was marked
    PRIMARY KEY (account, room)
) STRICT;
CREATE INDEX room_marker_room ON room_marker (room);

-- How far an account has read what it and another wrote to each other.
CREATE TABLE private_marker (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    other   INTEGER NOT NULL,                               -- account, which may be gone
    number  INTEGER NOT NULL,                               -- the last that is read
    time    INTEGER NOT NULL DEFAULT 0,                     -- ms: up to when, as it was marked
    PRIMARY KEY (account, other)
) STRICT;

-- Everything that has a number. A deleted message keeps its row: kind 'deleted', no text.
CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    time   INTEGER NOT NULL,                                -- ms
    kind   TEXT    NOT NULL,                                -- 'message', 'action', 'notice', 'joined', 'topic_set', …
    room   INTEGER REFERENCES room DEFERRABLE INITIALLY DEFERRED, -- NULL: not in a room
    low    INTEGER,                                         -- account; with high the conversation; NULL: not private
    high   INTEGER,                                         -- account
    author INTEGER,                                         -- account, which may be gone; NULL: a guest or the server
    nick   TEXT    NOT NULL,                                -- the author's, at the time
    about  TEXT,                                            -- JSON: whom, the new name, the mask, …
    target INTEGER,                                         -- the number replied to, reacted to, or deleted
    text   TEXT    NOT NULL DEFAULT '',                     -- what was said, or why; lines end in \n
    CHECK (room IS NULL OR low IS NULL),
    CHECK ((low IS NULL) = (high IS NULL) AND low <= high),
    CHECK (kind <> 'deleted' OR text = '')
) STRICT;
CREATE INDEX event_room ON event (room, number) WHERE room IS NOT NULL;
CREATE INDEX event_private ON event (low, high, number) WHERE low IS NOT NULL;
CREATE INDEX event_target ON event (target) WHERE target IS NOT NULL;

-- What can be searched, as the index sees it. Place and author are words of the index too, so that a frequent word in
-- a room with few messages is found without reading every message with that word: r7 is room 7, "p3 p9" what accounts
-- 3 and 9 wrote to each other, a3 what account 3 wrote.
CREATE VIEW talk AS
SELECT number,
       text,
       CASE WHEN room IS NULL THEN 'p' || low || ' p' || high ELSE 'r' || room END AS place,
       'a' || author AS author
FROM event
WHERE kind IN ('action', 'message', 'notice');

-- The text itself stands in event only.
CREATE VIRTUAL TABLE message_fts USING fts5 (
    text, place, author,
    content = 'talk', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
-- What is deleted leaves the index at once, not when its segments happen to be merged.
INSERT INTO message_fts (message_fts, rank) VALUES ('secure-delete', 1);

-- Triggers, so that no way of changing an event can forget the index.
CREATE TRIGGER event_added AFTER INSERT ON event BEGIN
    INSERT INTO message_fts (rowid, text, place, author)
    SELECT number, text, place, author FROM talk WHERE number = new.number;
END;
CREATE TRIGGER event_removed BEFORE DELETE ON event BEGIN
    INSERT INTO message_fts (message_fts, rowid, text, place, author)
    SELECT 'delete', number, text, place, author FROM talk WHERE number = old.number;
END;
CREATE TRIGGER event_changing BEFORE UPDATE ON event BEGIN
    INSERT INTO message_fts (message_fts, rowid, text, place, author)
    SELECT 'delete', number, text, place, author FROM talk WHERE number = old.number;
END;
CREATE TRIGGER event_changed AFTER UPDATE ON event BEGIN
    INSERT INTO message_fts (rowid, text, place, author)
    SELECT number, text, place, author FROM talk WHERE number = new.number;
END;

-- What an account is to be told at its next login; it holds no text.
CREATE TABLE notification (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    number  INTEGER NOT NULL,                               -- of its cause, whose row may have expired
    kind    TEXT    NOT NULL,                               -- 'mention', 'private', 'invite', …
    room    INTEGER,                                        -- where; NULL: not in a room
    low     INTEGER,                                        -- account; with high the conversation
    high    INTEGER,                                        -- account
    PRIMARY KEY (account, number),
    CHECK (room IS NULL OR low IS NULL),
    CHECK ((low IS NULL) = (high IS NULL))
) STRICT;
CREATE INDEX notification_room ON notification (room) WHERE room IS NOT NULL;

-- What admins and operators did.
CREATE TABLE audit (
    id   INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,                                  -- ms
    nick TEXT    NOT NULL,                                  -- who
    door TEXT    NOT NULL,                                  -- 'netcat', 'irc', 'web', 'console'
    text TEXT    NOT NULL                                   -- the command, without secrets
) STRICT;
