-- What the search of calls needs (`migrate recordings serve`): each way in is a key that ends in the time, so that a page costs the same wherever it stands.
-- Each statement can be run again without harm.
ALTER TABLE asteriskcdrdb.cdr
  -- The telephone or trunk of either channel: 'SIP/101-0000a1b2' and 'Local/101@from-queue-0001' are 101. Invisible: SELECT * does not show them.
  ADD COLUMN IF NOT EXISTS caller_device VARCHAR(80) AS (
    IF(channel LIKE 'Local/%', SUBSTRING_INDEX(SUBSTRING(channel, 7), '@', 1), LEFT(SUBSTRING_INDEX(channel, '/', -1),
       GREATEST(0, CHAR_LENGTH(SUBSTRING_INDEX(channel, '/', -1)) - CHAR_LENGTH(SUBSTRING_INDEX(channel, '-', -1)) - 1)))) VIRTUAL INVISIBLE,
  ADD COLUMN IF NOT EXISTS called_device VARCHAR(80) AS (
    IF(dstchannel LIKE 'Local/%', SUBSTRING_INDEX(SUBSTRING(dstchannel, 7), '@', 1), LEFT(SUBSTRING_INDEX(dstchannel, '/', -1),
       GREATEST(0, CHAR_LENGTH(SUBSTRING_INDEX(dstchannel, '/', -1)) - CHAR_LENGTH(SUBSTRING_INDEX(dstchannel, '-', -1)) - 1)))) VIRTUAL INVISIBLE;

ALTER TABLE asteriskcdrdb.cdr
  ADD KEY IF NOT EXISTS src_time (src, calldate),
  ADD KEY IF NOT EXISTS dst_time (dst, calldate),
  ADD KEY IF NOT EXISTS caller_device_time (caller_device, calldate),
  ADD KEY IF NOT EXISTS called_device_time (called_device, calldate),
  ADD KEY IF NOT EXISTS disposition_time (disposition, calldate),
  DROP KEY IF EXISTS src,
  DROP KEY IF EXISTS dst;
