-- +goose Up
-- Drafts are kept for two reasons: the bot was too late (discarded), or may only draft (draft_only).
-- cause says more; seq is the message a draft answers.

ALTER TABLE drafts ADD COLUMN kind TEXT NOT NULL DEFAULT 'discarded';
ALTER TABLE drafts ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE drafts DROP COLUMN seq;
ALTER TABLE drafts DROP COLUMN cause;
ALTER TABLE drafts DROP COLUMN kind;
