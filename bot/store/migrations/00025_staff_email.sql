-- +goose Up
-- By which whoever vouches for staff names them.
ALTER TABLE staff ADD COLUMN email TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX staff_by_email ON staff (email) WHERE email <> '';

-- +goose Down
DROP INDEX staff_by_email;
ALTER TABLE staff DROP COLUMN email;
