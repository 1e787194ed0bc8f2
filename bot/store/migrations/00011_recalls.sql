-- +goose Up
-- What is taken back in the shop's own system of orders that it has.
CREATE TABLE recalls (
    id       TEXT   PRIMARY KEY,         -- "order/<id>/<status>", "case/<id>"
    order_id TEXT   NOT NULL REFERENCES orders (id),
    amount   BIGINT NOT NULL,            -- cents that were given back; 0: the order is cancelled
    due      BIGINT NOT NULL,            -- when to tell it, or to try again
    tries    BIGINT NOT NULL DEFAULT 0,
    ended    BIGINT NOT NULL DEFAULT 0,  -- when it was told; 0: not yet
    stuck    BIGINT NOT NULL DEFAULT 0,  -- since when it waits for staff; 0: it does not
    why      TEXT   NOT NULL DEFAULT ''  -- it is stuck
);

CREATE INDEX recalls_due ON recalls (due) WHERE ended = 0 AND stuck = 0;
CREATE INDEX recalls_stuck ON recalls (stuck) WHERE stuck > 0;

-- +goose Down
DROP TABLE recalls;
