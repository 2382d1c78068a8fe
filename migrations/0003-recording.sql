-- Recordings that were archived: where each lies, and which call it is of.
-- Each statement can be run again without harm.

-- Recordings find their calls, and calls their recordings, by the file's name.
ALTER TABLE asteriskcdrdb.cdr ADD KEY IF NOT EXISTS recordingfile (recordingfile);

CREATE TABLE IF NOT EXISTS asteriskcdrdb.recording (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  -- Below the archive: 2013/06/03/NAME.mp3. Names are bytes.
  path         VARBINARY(700)  NOT NULL,
  -- Below the folder that was archived, as old links and cdr.recordingfile have it.
  source_path  VARBINARY(700)  NOT NULL,
  -- File name without its extension.
  name         VARBINARY(255)  NOT NULL,
  -- NULL: no call record names it.
  cdr_id       BIGINT UNSIGNED NULL DEFAULT NULL,
  uniqueid     VARCHAR(150)    NOT NULL DEFAULT '',
  -- Local time of the file.
  recorded     DATETIME        NOT NULL,
  seconds      DECIMAL(10, 2)  NOT NULL,
  source_bytes BIGINT UNSIGNED NOT NULL,
  bytes        BIGINT UNSIGNED NOT NULL,
  archived     TIMESTAMP       NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (id),
  UNIQUE KEY path (path),
  KEY source_path (source_path),
  KEY name (name),
  KEY uniqueid (uniqueid),
  KEY cdr_id (cdr_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
