-- Call records of Asterisk 22 (cdr_adaptive_odbc): the columns that Elastix 2.5 had, and those that tell which rows are one call.
-- Plain SQL for the bare client: mariadb < migrations/0001-cdr.sql. Each column has a default, since an unset CDR variable is not in the INSERT.
CREATE DATABASE IF NOT EXISTS asteriskcdrdb CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS asteriskcdrdb.cdr (
  id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  -- `start` of Asterisk: local time, as the old reports have it.
  calldate      DATETIME        NOT NULL,
  answer        DATETIME        NULL DEFAULT NULL,
  `end`         DATETIME        NULL DEFAULT NULL,
  clid          VARCHAR(255)    NOT NULL DEFAULT '',
  src           VARCHAR(80)     NOT NULL DEFAULT '',
  dst           VARCHAR(80)     NOT NULL DEFAULT '',
  dcontext      VARCHAR(80)     NOT NULL DEFAULT '',
  channel       VARCHAR(80)     NOT NULL DEFAULT '',
  dstchannel    VARCHAR(80)     NOT NULL DEFAULT '',
  lastapp       VARCHAR(80)     NOT NULL DEFAULT '',
  lastdata      VARCHAR(255)    NOT NULL DEFAULT '',
  duration      INT             NOT NULL DEFAULT 0,
  billsec       INT             NOT NULL DEFAULT 0,
  disposition   VARCHAR(45)     NOT NULL DEFAULT '',
  amaflags      INT             NOT NULL DEFAULT 0,
  accountcode   VARCHAR(80)     NOT NULL DEFAULT '',
  peeraccount   VARCHAR(80)     NOT NULL DEFAULT '',
  -- Not unique: one caller who dials two telephones makes two rows. (uniqueid, sequence) is; `sequence` begins at 0 with each start of Asterisk.
  uniqueid      VARCHAR(150)    NOT NULL DEFAULT '',
  linkedid      VARCHAR(150)    NOT NULL DEFAULT '',
  sequence      INT             NOT NULL DEFAULT 0,
  userfield     VARCHAR(255)    NOT NULL DEFAULT '',
  did           VARCHAR(50)     NOT NULL DEFAULT '',
  recordingfile VARCHAR(255)    NOT NULL DEFAULT '',
  cnum          VARCHAR(80)     NOT NULL DEFAULT '',
  cnam          VARCHAR(80)     NOT NULL DEFAULT '',
  outbound_cnum VARCHAR(80)     NOT NULL DEFAULT '',
  outbound_cnam VARCHAR(80)     NOT NULL DEFAULT '',
  dst_cnam      VARCHAR(80)     NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  KEY calldate (calldate),
  KEY uniqueid (uniqueid),
  -- All rows of one call.
  KEY linkedid (linkedid),
  KEY src (src),
  KEY dst (dst)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
