-- +goose Up
-- Levels that stand in place of configured ones, and the way to find what capabilities were used for.

CREATE TABLE autonomy (
    portfolio  TEXT NOT NULL,
    capability TEXT NOT NULL,
    level      TEXT NOT NULL,
    configured TEXT NOT NULL,
    set_by     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    PRIMARY KEY (portfolio, capability)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_capability_used ON ledger (n) WHERE type = 'capability.used';

-- +goose Down
DROP INDEX ledger_capability_used;
DROP TABLE autonomy;
