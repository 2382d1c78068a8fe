-- What `migrate cdr copy` needs: where a row came from, rows that do not fit, and the old shape of the table.
-- Each statement can be run again without harm.

ALTER TABLE asteriskcdrdb.cdr
  -- MD5 of the row as the old database held it; NULL for calls of this PBX. The copy resumes and finds the difference by it.
  ADD COLUMN IF NOT EXISTS source_row BINARY(16) NULL DEFAULT NULL,
  -- JSON of what the old table held in columns that this one lacks.
  ADD COLUMN IF NOT EXISTS extra TEXT NULL DEFAULT NULL;

-- Old rows that cannot stand in their table, whole, with the reason. They count in the proof of the copy.
CREATE TABLE IF NOT EXISTS asteriskcdrdb.history_reject (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  table_name VARCHAR(64)     NOT NULL,
  -- As the old database held it.
  time_text  VARCHAR(32)     NOT NULL,
  reason     VARCHAR(255)    NOT NULL,
  -- JSON of column to text.
  cells      MEDIUMTEXT      NOT NULL,
  source_row BINARY(16)      NOT NULL,
  -- CRC32 over the columns that are compared on both sides.
  figures    INT UNSIGNED    NOT NULL,
  PRIMARY KEY (id),
  KEY table_time (table_name, time_text)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The table as Elastix 2.5 had it, for reports that count columns (SELECT *) or look for 'audio:' in userfield.
-- Queries that name their columns find all of them, under the old names, in `cdr` itself.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW asteriskcdrdb.cdr_elastix AS
SELECT calldate, clid, src, dst, dcontext, channel, dstchannel, lastapp, lastdata, duration, billsec, disposition, amaflags, accountcode,
       uniqueid, IF(recordingfile = '', userfield, CONCAT('audio:', recordingfile)) AS userfield,
       recordingfile, cnum, cnam, outbound_cnum, outbound_cnam, dst_cnam, did
  FROM asteriskcdrdb.cdr;
