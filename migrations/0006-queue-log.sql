-- The queues' log of the old box: who waited, who was rung, who answered. Agents stand under the names that old reports know them by.
-- The new PBX goes on writing its own into the file queue_log. Each statement can be run again without harm.
CREATE TABLE IF NOT EXISTS asteriskcdrdb.queue_log (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  -- Local time of the old box.
  time       DATETIME(6)     NOT NULL,
  callid     VARCHAR(150)    NOT NULL DEFAULT '',
  queuename  VARCHAR(128)    NOT NULL DEFAULT '',
  agent      VARCHAR(128)    NOT NULL DEFAULT '',
  event      VARCHAR(32)     NOT NULL DEFAULT '',
  data1      VARCHAR(255)    NOT NULL DEFAULT '',
  data2      VARCHAR(255)    NOT NULL DEFAULT '',
  data3      VARCHAR(255)    NOT NULL DEFAULT '',
  data4      VARCHAR(255)    NOT NULL DEFAULT '',
  data5      VARCHAR(255)    NOT NULL DEFAULT '',
  source_row BINARY(16)      NULL DEFAULT NULL,
  extra      TEXT            NULL DEFAULT NULL,
  PRIMARY KEY (id),
  KEY time (time),
  KEY callid (callid),
  KEY queue_time (queuename, time),
  KEY agent_time (agent, time)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
