-- +goose Up
-- What the live agents' desk keeps. What is about a conversation goes with it when it is purged.

-- What lists are narrowed and sorted by stands beside the bodies.
ALTER TABLE accounts ADD COLUMN portfolio TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN last4 TEXT NOT NULL DEFAULT '';
UPDATE accounts SET portfolio = COALESCE(json_extract(body, '$.portfolio'), ''),
    name = LOWER(COALESCE(json_extract(body, '$.person.name'), '')), last4 = COALESCE(json_extract(body, '$.account_last4'), '');
CREATE INDEX accounts_portfolio ON accounts (id, portfolio);
ALTER TABLE handoffs ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE handoffs ADD COLUMN offered_to TEXT NOT NULL DEFAULT '';
ALTER TABLE handoffs ADD COLUMN deadline INTEGER NOT NULL DEFAULT 0;
UPDATE handoffs SET holder = COALESCE(json_extract(body, '$.holder'), '');
CREATE INDEX handoffs_conversation ON handoffs (conversation, open);
CREATE INDEX handoffs_holder ON handoffs (holder) WHERE open = 1 AND holder <> '';

CREATE TABLE desk_notes (
    id           TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    who          TEXT NOT NULL,
    kind         TEXT NOT NULL,
    text         TEXT NOT NULL,
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX desk_notes_conversation ON desk_notes (conversation, at);

CREATE TABLE desk_typed (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    who          TEXT NOT NULL,
    text         TEXT NOT NULL,
    epoch        INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (conversation, who)
) STRICT, WITHOUT ROWID;

CREATE TABLE desk_seen (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    who          TEXT NOT NULL,
    seq          INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (conversation, who)
) STRICT, WITHOUT ROWID;

CREATE TABLE desk_suggestions (
    id           TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    seq          INTEGER NOT NULL,
    rank         INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    text         TEXT NOT NULL,
    reason       TEXT NOT NULL,
    source       TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    fate         TEXT NOT NULL DEFAULT '',
    who          TEXT NOT NULL DEFAULT '',
    why          TEXT NOT NULL DEFAULT '',
    fate_at      INTEGER NOT NULL DEFAULT 0,
    sent         TEXT NOT NULL DEFAULT '',
    distance     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX desk_suggestions_conversation ON desk_suggestions (conversation, seq);
CREATE INDEX desk_suggestions_made ON desk_suggestions (made_at, fate);

-- owner is whose a text is, team the portfolio it is for; each '' where it is neither.
CREATE TABLE desk_canned (
    id         TEXT PRIMARY KEY,
    scope      TEXT NOT NULL,
    owner      TEXT NOT NULL,
    team       TEXT NOT NULL,
    shortcut   TEXT NOT NULL,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    language   TEXT NOT NULL,
    locked     INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX desk_canned_shortcut ON desk_canned (scope, owner, team, shortcut);

CREATE TABLE desk_presence (
    name      TEXT PRIMARY KEY,
    status    TEXT NOT NULL,
    last_seen INTEGER NOT NULL,
    last_act  INTEGER NOT NULL,
    by_key    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE desk_blocked (
    n            INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    who          TEXT NOT NULL,
    findings     TEXT NOT NULL,
    text         TEXT NOT NULL
) STRICT;
CREATE INDEX desk_blocked_conversation ON desk_blocked (conversation);

CREATE INDEX ledger_message_blocked ON ledger (n) WHERE type = 'message.blocked';

-- +goose Down
DROP INDEX ledger_message_blocked;
DROP TABLE desk_blocked;
DROP TABLE desk_presence;
DROP TABLE desk_canned;
DROP TABLE desk_suggestions;
DROP TABLE desk_seen;
DROP TABLE desk_typed;
DROP TABLE desk_notes;
DROP INDEX handoffs_holder;
DROP INDEX handoffs_conversation;
ALTER TABLE handoffs DROP COLUMN deadline;
ALTER TABLE handoffs DROP COLUMN offered_to;
ALTER TABLE handoffs DROP COLUMN holder;
DROP INDEX accounts_portfolio;
ALTER TABLE accounts DROP COLUMN last4;
ALTER TABLE accounts DROP COLUMN name;
ALTER TABLE accounts DROP COLUMN portfolio;
