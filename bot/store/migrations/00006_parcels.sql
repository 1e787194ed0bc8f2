-- +goose Up
-- The parcels of orders, as their carriers are asked of them.
CREATE TABLE parcels (
    order_id TEXT   PRIMARY KEY REFERENCES orders (id),
    code     TEXT   NOT NULL,           -- as carriers write it
    due      BIGINT NOT NULL,           -- when the carrier is asked next; 0: no more
    asked    BIGINT NOT NULL DEFAULT 0, -- how often it has been
    stuck    BIGINT NOT NULL DEFAULT 0  -- since when it is on its way back and waits for staff; 0: it does not
);

CREATE INDEX parcels_by_code ON parcels (code);
CREATE INDEX parcels_due ON parcels (due) WHERE due > 0;
CREATE INDEX parcels_stuck ON parcels (stuck) WHERE stuck > 0;

-- +goose Down
DROP TABLE parcels;
