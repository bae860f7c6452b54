-- The journal's tables, in the schema that the search path names.

-- One row a turn, never changed. The key is the fence: whoever appends does so at an end that was read, so the
-- second of two owners collides with the first. Markets compare by their bytes, as the program compares them.
CREATE TABLE turns(
    market text COLLATE "C" NOT NULL,
    shard integer NOT NULL,
    first_sequence bigint NOT NULL,
    count integer NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (market, shard, first_sequence)
)
-- Turns of up to a page stay in their row: appends of such turns are 40 % faster.
WITH (toast_tuple_target = 8160);

-- Longer ones go beside it as they are: compressing them costs more than it saves.
ALTER TABLE turns ALTER bytes SET STORAGE EXTERNAL;

-- The newest snapshot of each stream.
CREATE TABLE snapshots(
    market text COLLATE "C" NOT NULL,
    shard integer NOT NULL,
    next_sequence bigint NOT NULL,
    checksum bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (market, shard)
);
ALTER TABLE snapshots ALTER bytes SET STORAGE EXTERNAL;

-- What is written to see whether anything can be: a few rows, overwritten.
CREATE TABLE probes(id integer PRIMARY KEY, at bigint NOT NULL);
