-- +goose Up
-- Points that customers got and lost; nothing is changed here but what was used
-- for goods that came to nothing.
CREATE TABLE points (
    id       TEXT   PRIMARY KEY, -- "earned/", "used/", "friend/" or "back/…/" and the order
    customer TEXT   NOT NULL,
    order_id TEXT   NOT NULL REFERENCES orders (id),
    points   BIGINT NOT NULL,    -- negative: lost
    at       BIGINT NOT NULL,
    until    BIGINT NOT NULL,    -- when those got run out; 0 of those lost
    rate     BIGINT NOT NULL DEFAULT 0 -- points for each whole euro; 0 of all but earned ones
);
CREATE INDEX points_of_customer ON points (customer, at);
CREATE INDEX points_of_order ON points (order_id);

-- Codes by which customers bring friends.
CREATE TABLE invites (
    code     TEXT PRIMARY KEY,
    customer TEXT NOT NULL
);
CREATE INDEX invites_of_customer ON invites (customer);

-- +goose Down
DROP TABLE invites;
DROP TABLE points;
