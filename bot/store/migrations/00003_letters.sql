-- +goose Up
-- The letters that customers get of what happens to their orders and cases.
CREATE TABLE letters (
    id    TEXT   PRIMARY KEY,        -- of the event it tells: "order/<id>/<status>", "case/<id>/<state>"
    due   BIGINT NOT NULL,           -- when to send it, or to try again
    tries BIGINT NOT NULL DEFAULT 0,
    ended BIGINT NOT NULL DEFAULT 0  -- when it was sent or given up; 0: not yet
);

CREATE INDEX letters_due ON letters (due) WHERE ended = 0;

-- +goose Down
DROP TABLE letters;
