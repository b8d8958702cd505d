-- +goose Up
-- Requests for approval. They go when their conversation is purged.

CREATE TABLE approvals (
    id           TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    account      TEXT NOT NULL,
    state        TEXT NOT NULL,
    created      INTEGER NOT NULL,
    expires      INTEGER NOT NULL,
    body         TEXT NOT NULL
) STRICT;
CREATE INDEX approvals_created ON approvals (created, id);
CREATE INDEX approvals_state ON approvals (state, created, id);
CREATE INDEX approvals_conversation ON approvals (conversation, state);

-- +goose Down
DROP TABLE approvals;
