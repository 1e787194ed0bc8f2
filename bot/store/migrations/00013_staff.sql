-- +goose Up
ALTER TABLE staff_keys ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff_keys ADD COLUMN browser TEXT NOT NULL DEFAULT '';
CREATE INDEX staff_keys_of ON staff_keys (staff, kind);

-- What staff prove with beside their password.
CREATE TABLE staff_factors (
    staff  TEXT   PRIMARY KEY REFERENCES staff (name),
    secret TEXT   NOT NULL, -- base32
    since  BIGINT NOT NULL, -- when its first code came; 0: it is not in use yet
    used   BIGINT NOT NULL  -- the last step whose code was used
);
CREATE INDEX staff_acts_of ON staff_acts (staff, id);

-- +goose Down
DROP INDEX staff_acts_of;
DROP TABLE staff_factors;
DROP INDEX staff_keys_of;
ALTER TABLE staff_keys DROP COLUMN browser;
ALTER TABLE staff_keys DROP COLUMN since;
