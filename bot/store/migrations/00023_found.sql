-- +goose Up
-- Orders are looked through from the newest on.
CREATE INDEX orders_by_time ON orders (placed);

-- +goose Down
DROP INDEX orders_by_time;
