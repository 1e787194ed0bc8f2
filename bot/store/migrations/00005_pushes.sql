-- +goose Up
-- The orders that go on to the shop's own system.
CREATE TABLE pushes (
    order_id TEXT   PRIMARY KEY REFERENCES orders (id),
    due      BIGINT NOT NULL,            -- when to push it, or to try again
    tries    BIGINT NOT NULL DEFAULT 0,
    ended    BIGINT NOT NULL DEFAULT 0,  -- when it was handed over or given up; 0: not yet
    stuck    BIGINT NOT NULL DEFAULT 0,  -- since when it waits for staff; 0: it does not
    why      TEXT   NOT NULL DEFAULT '', -- it is stuck
    told     BIGINT NOT NULL DEFAULT 0,  -- the total that the system counts, cents, when it is stuck for that
    outside  TEXT   NOT NULL DEFAULT ''  -- how the system names the order; '' when it has none
);

CREATE INDEX pushes_due ON pushes (due) WHERE ended = 0 AND stuck = 0;
CREATE INDEX pushes_stuck ON pushes (stuck) WHERE stuck > 0;

-- +goose Down
DROP TABLE pushes;
