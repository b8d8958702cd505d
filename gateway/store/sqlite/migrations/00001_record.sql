-- +goose Up
-- Times are nanoseconds since 1970 in UTC, 0 for none. Bodies are JSON.

CREATE TABLE accounts (
    id         TEXT PRIMARY KEY,
    version    INTEGER NOT NULL,
    person     TEXT NOT NULL,
    lookup     TEXT NOT NULL DEFAULT '',
    body       TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX accounts_person ON accounts (person);
CREATE INDEX accounts_lookup ON accounts (lookup) WHERE lookup <> '';

CREATE TABLE account_addresses (
    value   TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (value, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_addresses_account ON account_addresses (account);

CREATE TABLE addresses (
    value TEXT PRIMARY KEY,
    body  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- slot is '' while a conversation is open and its id when closed, so that one
-- address has one open conversation on a channel.
-- due is when the first waiting input falls due, out_due the first queued
-- message where nothing before it blocks; NULL when there is none.
CREATE TABLE conversations (
    id            TEXT PRIMARY KEY,
    channel       TEXT NOT NULL,
    address       TEXT NOT NULL,
    slot          TEXT NOT NULL DEFAULT '',
    ours          TEXT NOT NULL DEFAULT '',
    account       TEXT NOT NULL DEFAULT '',
    control       TEXT NOT NULL,
    epoch         INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    last_seq      INTEGER NOT NULL DEFAULT 0,
    last_feed     INTEGER NOT NULL DEFAULT 0,
    last_input    INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL,
    last_inbound  INTEGER NOT NULL DEFAULT 0,
    last_outbound INTEGER NOT NULL DEFAULT 0,
    replies_since INTEGER NOT NULL DEFAULT 0,
    active_at     INTEGER NOT NULL,
    due           INTEGER,
    out_due       INTEGER,
    lease_owner   TEXT NOT NULL DEFAULT '',
    lease_token   INTEGER NOT NULL DEFAULT 0,
    lease_until   INTEGER NOT NULL DEFAULT 0,
    lease_input   INTEGER NOT NULL DEFAULT 0,
    body          TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX conversations_open ON conversations (address, channel, slot);
CREATE INDEX conversations_due ON conversations (due) WHERE due IS NOT NULL;
CREATE INDEX conversations_out_due ON conversations (out_due) WHERE out_due IS NOT NULL;
CREATE INDEX conversations_active ON conversations (active_at, id);
CREATE INDEX conversations_control ON conversations (control);

CREATE TABLE conversation_accounts (
    account      TEXT NOT NULL,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    PRIMARY KEY (account, conversation)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_accounts_conversation ON conversation_accounts (conversation);

-- Messages and inbox name their conversation without a foreign key: they are
-- written under its row, and every one counts on the way of a webhook.
-- arrival is channel and provider id of an incoming message: the claim that
-- makes a message one message.
CREATE TABLE messages (
    conversation TEXT NOT NULL,
    seq          INTEGER NOT NULL,
    feed         INTEGER NOT NULL DEFAULT 0,
    id           TEXT NOT NULL,
    direction    TEXT NOT NULL,
    sender       TEXT NOT NULL,
    name         TEXT NOT NULL DEFAULT '',
    text         TEXT NOT NULL,
    choice       TEXT NOT NULL DEFAULT '',
    choices      TEXT NOT NULL DEFAULT '',
    media        TEXT NOT NULL DEFAULT '',
    at           INTEGER NOT NULL,
    arrival      TEXT,
    provider_id  TEXT NOT NULL DEFAULT '',
    status       TEXT NOT NULL,
    reason       TEXT NOT NULL DEFAULT '',
    sha256       TEXT NOT NULL DEFAULT '',
    turn         TEXT NOT NULL DEFAULT '',
    purpose      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX messages_arrival ON messages (arrival) WHERE arrival IS NOT NULL;

-- What a conversation has to answer to: messages, timers, failures. A row is
-- deleted by the commit that answers it.
CREATE TABLE inbox (
    conversation TEXT NOT NULL,
    n            INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    name         TEXT NOT NULL DEFAULT '',
    seq          INTEGER NOT NULL DEFAULT 0,
    due          INTEGER NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    body         TEXT NOT NULL,
    PRIMARY KEY (conversation, n)
) STRICT, WITHOUT ROWID;

-- state: queued, sending, uncertain, then sent, failed or cancelled. wake is the
-- lease's end while sending, the next look while uncertain.
CREATE TABLE outbox (
    id           TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    seq          INTEGER NOT NULL,
    state        TEXT NOT NULL,
    epoch        INTEGER NOT NULL,
    any_epoch    INTEGER NOT NULL,
    due          INTEGER NOT NULL,
    wake         INTEGER NOT NULL DEFAULT 0,
    owner        TEXT NOT NULL DEFAULT '',
    token        INTEGER NOT NULL DEFAULT 0,
    attempts     INTEGER NOT NULL DEFAULT 0,
    since        INTEGER NOT NULL DEFAULT 0,
    proven       INTEGER NOT NULL DEFAULT 0,
    message      TEXT NOT NULL,
    parts        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_live ON outbox (conversation, seq) WHERE state IN ('queued', 'sending', 'uncertain');
CREATE INDEX outbox_wake ON outbox (wake) WHERE state IN ('sending', 'uncertain');

CREATE TABLE message_parts (
    message     TEXT NOT NULL REFERENCES outbox (id),
    part        INTEGER NOT NULL,
    channel     TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    status      TEXT NOT NULL,
    PRIMARY KEY (message, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_parts_provider ON message_parts (provider_id, channel);

CREATE TABLE contact_log (
    message       TEXT PRIMARY KEY,
    conversation  TEXT NOT NULL,
    person        TEXT NOT NULL,
    account       TEXT NOT NULL,
    address       TEXT NOT NULL,
    medium        TEXT NOT NULL,
    purpose       TEXT NOT NULL,
    proactive     INTEGER NOT NULL,
    communication INTEGER NOT NULL,
    at            INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_log_address ON contact_log (address, at);
CREATE INDEX contact_log_person ON contact_log (person, at) WHERE person <> '';

CREATE TABLE handoffs (
    id           TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    open         INTEGER NOT NULL,
    rank         INTEGER NOT NULL,
    since        INTEGER NOT NULL,
    body         TEXT NOT NULL
) STRICT;
CREATE INDEX handoffs_open ON handoffs (rank, since, id) WHERE open = 1;

CREATE TABLE drafts (
    conversation TEXT NOT NULL REFERENCES conversations (id),
    n            INTEGER NOT NULL,
    turn         TEXT NOT NULL,
    text         TEXT NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (conversation, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE traces (
    id           TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    input_seq    INTEGER NOT NULL,
    started      INTEGER NOT NULL,
    input        TEXT NOT NULL,
    steps        TEXT NOT NULL
) STRICT;
CREATE INDEX traces_conversation ON traces (conversation, started);

CREATE TABLE trace_steps (
    turn TEXT NOT NULL,
    n    INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (turn, n)
) STRICT, WITHOUT ROWID;

-- body is '' where there was none or it was dropped; hash covers body_sha256.
CREATE TABLE ledger (
    n            INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL,
    type         TEXT NOT NULL,
    at           INTEGER NOT NULL,
    who          TEXT NOT NULL,
    turn         TEXT NOT NULL,
    body         TEXT NOT NULL,
    body_sha256  TEXT NOT NULL,
    prev         TEXT NOT NULL,
    hash         TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_conversation ON ledger (conversation, n);

CREATE TABLE ledger_head (
    id   INTEGER PRIMARY KEY,
    n    INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO ledger_head (id, n, hash) VALUES (1, 0, '');

-- +goose Down
DROP TABLE ledger_head;
DROP TABLE ledger;
DROP TABLE trace_steps;
DROP TABLE traces;
DROP TABLE drafts;
DROP TABLE handoffs;
DROP TABLE contact_log;
DROP TABLE message_parts;
DROP TABLE outbox;
DROP TABLE inbox;
DROP TABLE messages;
DROP TABLE conversation_accounts;
DROP TABLE conversations;
DROP TABLE addresses;
DROP TABLE account_addresses;
DROP TABLE accounts;
