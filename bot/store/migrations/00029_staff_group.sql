-- +goose Up
-- Which account of Telegram is whose of the staff.
CREATE TABLE staff_telegram (
    telegram BIGINT PRIMARY KEY,
    staff    TEXT   NOT NULL UNIQUE REFERENCES staff (name),
    since    BIGINT NOT NULL
);

-- Where staff see conversations in a group of Telegram.
CREATE TABLE staff_topics (
    chat         BIGINT NOT NULL,
    thread       BIGINT NOT NULL, -- of the topic, within the chat
    conversation TEXT   NOT NULL, -- '' when it must not be seen any more
    seq          BIGINT NOT NULL, -- of the last message that is shown
    told         TEXT   NOT NULL, -- who has the conversation, as told last
    at           BIGINT NOT NULL, -- when it was told
    PRIMARY KEY (chat, thread)
);
CREATE UNIQUE INDEX staff_topics_of ON staff_topics (chat, conversation) WHERE conversation <> '';

-- +goose Down
DROP TABLE staff_topics;
DROP TABLE staff_telegram;
