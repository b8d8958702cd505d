-- +goose Up
-- What a turn writes of a conversation stands beside its row, so that a message
-- that arrives rewrites a few numbers and not all that was said of offers.
CREATE TABLE conversation_bodies (
    conversation TEXT PRIMARY KEY REFERENCES conversations (id),
    body         TEXT NOT NULL
) STRICT;
INSERT INTO conversation_bodies (conversation, body) SELECT id, body FROM conversations;
ALTER TABLE conversations DROP COLUMN body;

-- +goose Down
ALTER TABLE conversations ADD COLUMN body TEXT NOT NULL DEFAULT '{}';
UPDATE conversations SET body = (SELECT b.body FROM conversation_bodies b WHERE b.conversation = conversations.id);
DROP TABLE conversation_bodies;
