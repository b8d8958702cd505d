-- +goose Up
-- The people of the desk, their sign-ins, and tries to sign in. credentials are
-- apart from the body, which pages show.

CREATE TABLE staff (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    subject     TEXT,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    credentials TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX staff_subject ON staff (subject) WHERE subject IS NOT NULL;

CREATE TABLE staff_sessions (
    id         TEXT PRIMARY KEY,
    member     TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    idle_at    INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    data       TEXT NOT NULL
) STRICT;
CREATE INDEX staff_sessions_member ON staff_sessions (member);

CREATE TABLE sign_in_tries (
    key TEXT NOT NULL,
    at  INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_tries_key ON sign_in_tries (key, at);

-- +goose Down
DROP TABLE sign_in_tries;
DROP TABLE staff_sessions;
DROP TABLE staff;
