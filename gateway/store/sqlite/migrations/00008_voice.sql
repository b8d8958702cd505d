-- +goose Up
-- What a telephone call adds to a message: what happened on the call, how words are
-- said, what was heard of them, and the draft they were made from. call and spoken are JSON.
ALTER TABLE messages ADD COLUMN call TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN spoken TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN heard TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN planned TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE messages DROP COLUMN planned;
ALTER TABLE messages DROP COLUMN heard;
ALTER TABLE messages DROP COLUMN spoken;
ALTER TABLE messages DROP COLUMN call;
