-- The office's database in the shape of FreePBX 2.11, only what it uses.

CREATE TABLE `admin` (
  `variable` varchar(20) NOT NULL default '',
  `value` varchar(80) NOT NULL default ''
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `admin` VALUES
('version','2.11.0.43'),
('need_reload','false'),
('ALLOW_SIP_ANON','no');

CREATE TABLE `modules` (
  `id` int(11) NOT NULL,
  `modulename` varchar(50) NOT NULL default '',
  `version` varchar(20) NOT NULL default '',
  `enabled` tinyint(1) default NULL,
  PRIMARY KEY (`id`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `modules` VALUES
(1,'framework','2.11.0.1',1),
(2,'core','2.11.0.1',1),
(3,'recordings','2.11.0.1',1),
(4,'timeconditions','2.11.0.1',1),
(5,'ringgroups','2.11.0.1',1),
(6,'queues','2.11.0.1',1),
(7,'ivr','2.11.0.1',1),
(8,'daynight','2.11.0.1',1),
(9,'voicemail','2.11.0.1',1),
(10,'callwaiting','2.11.0.1',1),
(11,'callforward','2.11.0.1',1),
(12,'donotdisturb','2.11.0.1',1),
(13,'infoservices','2.11.0.1',1);

CREATE TABLE `freepbx_settings` (
  `keyword` varchar(50) NOT NULL default '',
  `value` varchar(255) default NULL,
  `name` varchar(80) default NULL,
  `level` tinyint(1) default NULL,
  `description` text,
  `type` varchar(25) default NULL,
  `options` text,
  `defaultval` varchar(255) default NULL,
  `readonly` tinyint(1) default NULL,
  `hidden` tinyint(1) default NULL,
  `category` varchar(50) default NULL,
  `module` varchar(25) default NULL,
  `emptyok` tinyint(1) default NULL,
  `sortorder` int(11) default NULL,
  PRIMARY KEY (`keyword`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `freepbx_settings` VALUES
('DIAL_OPTIONS','tr','',0,'','text','','tr',0,0,'Dialplan','',1,0),
('TRUNK_OPTIONS','T','',0,'','text','','T',0,0,'Dialplan','',1,0),
('RINGTIMER','6','',0,'','text','','6',0,0,'Dialplan','',1,0),
('TONEZONE','uk','',0,'','text','','uk',0,0,'Dialplan','',1,0),
('CWINUSEBUSY','1','',0,'','text','','1',0,0,'Dialplan','',1,0),
('MIXMON_FORMAT','wav','',0,'','text','','wav',0,0,'Dialplan','',1,0);

CREATE TABLE `users` (
  `extension` varchar(20) NOT NULL default '',
  `password` varchar(20) default NULL,
  `name` varchar(50) default NULL,
  `voicemail` varchar(50) default NULL,
  `ringtimer` int(11) default NULL,
  `noanswer` varchar(100) default NULL,
  `recording` varchar(50) default NULL,
  `outboundcid` varchar(50) default NULL,
  `sipname` varchar(50) default NULL,
  `mohclass` varchar(80) default NULL,
  `noanswer_cid` varchar(20) NOT NULL default '',
  `busy_cid` varchar(20) NOT NULL default '',
  `chanunavail_cid` varchar(20) NOT NULL default '',
  `noanswer_dest` varchar(255) NOT NULL default '',
  `busy_dest` varchar(255) NOT NULL default '',
  `chanunavail_dest` varchar(255) NOT NULL default '',
  KEY `extension` (`extension`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `users` VALUES
('21','','Reception','default',0,'','','','','default','','','','','',''),
('22','','Sales Ann','novm',0,'','','','','default','','','','','',''),
('23','','Sales Bob','novm',0,'','','','','default','','','','','',''),
('24','','Sales Cleo','novm',0,'','','','','default','','','','','',''),
('25','','Director','default',0,'','','','','default','','','','','',''),
('26','','Workshop','novm',0,'','','','','default','','','','','',''),
('27','','Store','novm',0,'','','','','default','','','','','',''),
('28','','Support Dan','novm',0,'','','','','default','','','','','',''),
('29','','Support Eve','novm',0,'','','','','default','','','','','',''),
('30','','Fitting room','novm',0,'','','','','default','','','','','','');

CREATE TABLE `devices` (
  `id` varchar(20) NOT NULL default '',
  `tech` varchar(10) NOT NULL default '',
  `dial` varchar(50) NOT NULL default '',
  `devicetype` varchar(5) NOT NULL default '',
  `user` varchar(50) default NULL,
  `description` varchar(50) default NULL,
  `emergency_cid` varchar(100) default NULL
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `devices` VALUES
('21','sip','SIP/21','fixed','21','Reception',''),
('22','sip','SIP/22','fixed','22','Sales Ann',''),
('23','sip','SIP/23','fixed','23','Sales Bob',''),
('24','sip','SIP/24','fixed','24','Sales Cleo',''),
('25','sip','SIP/25','fixed','25','Director',''),
('26','sip','SIP/26','fixed','26','Workshop',''),
('27','sip','SIP/27','fixed','27','Store',''),
('28','sip','SIP/28','fixed','28','Support Dan',''),
('29','sip','SIP/29','fixed','29','Support Eve',''),
('30','sip','SIP/30','fixed','30','Fitting room','');

CREATE TABLE `sip` (
  `id` varchar(20) NOT NULL default '',
  `keyword` varchar(30) NOT NULL default '',
  `data` varchar(255) NOT NULL default '',
  `flags` int(11) NOT NULL default 0,
  PRIMARY KEY (`id`,`keyword`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `sip` VALUES
('21','secret','office-21-899b',2),
('21','dtmfmode','rfc2833',3),
('21','canreinvite','no',4),
('21','context','from-internal',5),
('21','host','dynamic',6),
('21','type','friend',7),
('21','nat','no',8),
('21','port','5060',9),
('21','qualify','yes',10),
('21','callgroup','',11),
('21','pickupgroup','',12),
('21','disallow','',13),
('21','allow','',14),
('21','dial','SIP/21',15),
('21','accountcode','',16),
('21','mailbox','21@device',17),
('21','deny','0.0.0.0/0.0.0.0',18),
('21','permit','192.168.5.0/255.255.255.0',19),
('21','account','21',20),
('21','callerid','device <21>',21),
('22','secret','office-22-a88a',2),
('22','dtmfmode','rfc2833',3),
('22','canreinvite','no',4),
('22','context','from-internal',5),
('22','host','dynamic',6),
('22','type','friend',7),
('22','nat','no',8),
('22','port','5060',9),
('22','qualify','yes',10),
('22','callgroup','',11),
('22','pickupgroup','',12),
('22','disallow','',13),
('22','allow','',14),
('22','dial','SIP/22',15),
('22','accountcode','',16),
('22','mailbox','22@device',17),
('22','deny','0.0.0.0/0.0.0.0',18),
('22','permit','192.168.5.0/255.255.255.0',19),
('22','account','22',20),
('22','callerid','device <22>',21),
('23','secret','office-23-c779',2),
('23','dtmfmode','rfc2833',3),
('23','canreinvite','no',4),
('23','context','from-internal',5),
('23','host','dynamic',6),
('23','type','friend',7),
('23','nat','no',8),
('23','port','5060',9),
('23','qualify','yes',10),
('23','callgroup','',11),
('23','pickupgroup','',12),
('23','disallow','',13),
('23','allow','',14),
('23','dial','SIP/23',15),
('23','accountcode','',16),
('23','mailbox','23@device',17),
('23','deny','0.0.0.0/0.0.0.0',18),
('23','permit','192.168.5.0/255.255.255.0',19),
('23','account','23',20),
('23','callerid','device <23>',21),
('24','secret','office-24-e668',2),
('24','dtmfmode','rfc2833',3),
('24','canreinvite','no',4),
('24','context','from-internal',5),
('24','host','dynamic',6),
('24','type','friend',7),
('24','nat','no',8),
('24','port','5060',9),
('24','qualify','yes',10),
('24','callgroup','',11),
('24','pickupgroup','',12),
('24','disallow','',13),
('24','allow','',14),
('24','dial','SIP/24',15),
('24','accountcode','',16),
('24','mailbox','24@device',17),
('24','deny','0.0.0.0/0.0.0.0',18),
('24','permit','192.168.5.0/255.255.255.0',19),
('24','account','24',20),
('24','callerid','device <24>',21),
('25','secret','office-25-0557',2),
('25','dtmfmode','rfc2833',3),
('25','canreinvite','no',4),
('25','context','from-internal',5),
('25','host','dynamic',6),
('25','type','friend',7),
('25','nat','no',8),
('25','port','5060',9),
('25','qualify','yes',10),
('25','callgroup','',11),
('25','pickupgroup','',12),
('25','disallow','',13),
('25','allow','',14),
('25','dial','SIP/25',15),
('25','accountcode','',16),
('25','mailbox','25@device',17),
('25','deny','0.0.0.0/0.0.0.0',18),
('25','permit','192.168.5.0/255.255.255.0',19),
('25','account','25',20),
('25','callerid','device <25>',21),
('26','secret','office-26-2446',2),
('26','dtmfmode','rfc2833',3),
('26','canreinvite','no',4),
('26','context','from-internal',5),
('26','host','dynamic',6),
('26','type','friend',7),
('26','nat','no',8),
('26','port','5060',9),
('26','qualify','yes',10),
('26','callgroup','',11),
('26','pickupgroup','',12),
('26','disallow','',13),
('26','allow','',14),
('26','dial','SIP/26',15),
('26','accountcode','',16),
('26','mailbox','26@device',17),
('26','deny','0.0.0.0/0.0.0.0',18),
('26','permit','192.168.5.0/255.255.255.0',19),
('26','account','26',20),
('26','callerid','device <26>',21),
('27','secret','office-27-4335',2),
('27','dtmfmode','rfc2833',3),
('27','canreinvite','no',4),
('27','context','from-internal',5),
('27','host','dynamic',6),
('27','type','friend',7),
('27','nat','no',8),
('27','port','5060',9),
('27','qualify','yes',10),
('27','callgroup','',11),
('27','pickupgroup','',12),
('27','disallow','',13),
('27','allow','',14),
('27','dial','SIP/27',15),
('27','accountcode','',16),
('27','mailbox','27@device',17),
('27','deny','0.0.0.0/0.0.0.0',18),
('27','permit','192.168.5.0/255.255.255.0',19),
('27','account','27',20),
('27','callerid','device <27>',21),
('28','secret','office-28-6224',2),
('28','dtmfmode','rfc2833',3),
('28','canreinvite','no',4),
('28','context','from-internal',5),
('28','host','dynamic',6),
('28','type','friend',7),
('28','nat','no',8),
('28','port','5060',9),
('28','qualify','yes',10),
('28','callgroup','',11),
('28','pickupgroup','',12),
('28','disallow','',13),
('28','allow','',14),
('28','dial','SIP/28',15),
('28','accountcode','',16),
('28','mailbox','28@device',17),
('28','deny','0.0.0.0/0.0.0.0',18),
('28','permit','192.168.5.0/255.255.255.0',19),
('28','account','28',20),
('28','callerid','device <28>',21),
('29','secret','office-29-8113',2),
('29','dtmfmode','rfc2833',3),
('29','canreinvite','no',4),
('29','context','from-internal',5),
('29','host','dynamic',6),
('29','type','friend',7),
('29','nat','no',8),
('29','port','5060',9),
('29','qualify','yes',10),
('29','callgroup','',11),
('29','pickupgroup','',12),
('29','disallow','',13),
('29','allow','',14),
('29','dial','SIP/29',15),
('29','accountcode','',16),
('29','mailbox','29@device',17),
('29','deny','0.0.0.0/0.0.0.0',18),
('29','permit','192.168.5.0/255.255.255.0',19),
('29','account','29',20),
('29','callerid','device <29>',21),
('30','secret','office-30-a002',2),
('30','dtmfmode','rfc2833',3),
('30','canreinvite','no',4),
('30','context','from-internal',5),
('30','host','dynamic',6),
('30','type','friend',7),
('30','nat','no',8),
('30','port','5060',9),
('30','qualify','yes',10),
('30','callgroup','',11),
('30','pickupgroup','',12),
('30','disallow','',13),
('30','allow','',14),
('30','dial','SIP/30',15),
('30','accountcode','',16),
('30','mailbox','30@device',17),
('30','deny','0.0.0.0/0.0.0.0',18),
('30','permit','192.168.5.0/255.255.255.0',19),
('30','account','30',20),
('30','callerid','device <30>',21),
('tr-peer-1','username','office',2),
('tr-peer-1','secret','city-line-4471',3),
('tr-peer-1','host','198.51.100.77',4),
('tr-peer-1','type','peer',5),
('tr-peer-1','context','from-trunk',6),
('tr-peer-1','insecure','port,invite',7),
('tr-peer-1','qualify','yes',8),
('tr-peer-1','disallow','all',9),
('tr-peer-1','allow','alaw',10),
('tr-peer-1','account','city',11);

CREATE TABLE `trunks` (
  `trunkid` int(11) NOT NULL,
  `name` varchar(50) NOT NULL default '',
  `tech` varchar(20) NOT NULL default '',
  `outcid` varchar(40) NOT NULL default '',
  `keepcid` varchar(4) default NULL,
  `maxchans` varchar(6) default NULL,
  `failscript` varchar(255) NOT NULL default '',
  `dialoutprefix` varchar(255) NOT NULL default '',
  `channelid` varchar(255) NOT NULL default '',
  `usercontext` varchar(255) default NULL,
  `provider` varchar(40) default NULL,
  `disabled` varchar(4) default NULL,
  `continue` varchar(4) default NULL
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `trunks` VALUES
(1,'City line','sip','442012340000','all','','','','city','','','off','off');

CREATE TABLE `trunk_dialpatterns` (
  `trunkid` int(11) NOT NULL,
  `match_pattern_prefix` varchar(50) NOT NULL default '',
  `match_pattern_pass` varchar(50) NOT NULL default '',
  `prepend_digits` varchar(50) NOT NULL default '',
  `seq` int(11) NOT NULL
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE `outbound_routes` (
  `route_id` int(11) NOT NULL,
  `name` varchar(40) default NULL,
  `outcid` varchar(40) default NULL,
  `outcid_mode` varchar(20) default NULL,
  `password` varchar(30) default NULL,
  `emergency_route` varchar(4) default NULL,
  `intracompany_route` varchar(4) default NULL,
  `mohclass` varchar(80) default NULL,
  `time_group_id` int(11) default NULL,
  `dest` varchar(255) default NULL,
  PRIMARY KEY (`route_id`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `outbound_routes` VALUES
(1,'Emergency','','','','YES','','default',NULL,''),
(2,'Out','','','','','','default',NULL,''),
(3,'By day','','','','','','default',1,'');

CREATE TABLE `outbound_route_patterns` (
  `route_id` int(11) NOT NULL,
  `match_pattern_prefix` varchar(60) NOT NULL default '',
  `match_pattern_pass` varchar(60) NOT NULL default '',
  `match_cid` varchar(60) NOT NULL default '',
  `prepend_digits` varchar(100) NOT NULL default ''
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `outbound_route_patterns` VALUES
(1,'','112','',''),
(2,'9','X.','',''),
(3,'8','X.','','');

CREATE TABLE `outbound_route_trunks` (
  `route_id` int(11) NOT NULL,
  `trunk_id` int(11) NOT NULL,
  `seq` int(11) NOT NULL
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `outbound_route_trunks` VALUES
(1,1,0),
(2,1,0),
(3,1,0);

CREATE TABLE `outbound_route_sequence` (
  `route_id` int(11) NOT NULL,
  `seq` int(11) NOT NULL
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `outbound_route_sequence` VALUES
(1,0),
(2,1),
(3,2);

CREATE TABLE `incoming` (
  `cidnum` varchar(20) default NULL,
  `extension` varchar(50) NOT NULL default '',
  `destination` varchar(50) default NULL,
  `faxexten` varchar(20) default NULL,
  `faxemail` varchar(50) default NULL,
  `answer` tinyint(1) default NULL,
  `wait` int(2) default NULL,
  `privacyman` tinyint(1) default NULL,
  `alertinfo` varchar(255) default NULL,
  `ringing` varchar(20) default NULL,
  `mohclass` varchar(80) NOT NULL default '',
  `description` varchar(80) default NULL,
  `grppre` varchar(80) default NULL,
  `delay_answer` int(2) default NULL,
  `pricid` varchar(20) default NULL,
  `pmmaxretries` varchar(2) default NULL,
  `pmminlength` varchar(2) default NULL
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `incoming` VALUES
('','442012340000','timeconditions,1,1',NULL,NULL,NULL,NULL,0,'','','default','line 0','',0,'','3','10'),
('','442012340001','ext-group,60,1',NULL,NULL,NULL,NULL,0,'','','default','line 1','',0,'','3','10'),
('','442012340002','ivr-1,s,1',NULL,NULL,NULL,NULL,0,'','','default','line 2','',0,'','3','10'),
('','442012340003','from-did-direct,25,1',NULL,NULL,NULL,NULL,0,'','','default','line 3','',0,'','3','10'),
('','442012340004','ext-local,vmu25,1',NULL,NULL,NULL,NULL,0,'','','default','line 4','',0,'','3','10'),
('','442012340005','ext-queues,70,1',NULL,NULL,NULL,NULL,0,'','','default','line 5','',0,'','3','10'),
('','442012340006','app-daynight,0,1',NULL,NULL,NULL,NULL,0,'','','default','line 6','',0,'','3','10'),
('','442012340007','ext-group,61,1',NULL,NULL,NULL,NULL,0,'','','default','line 7','',0,'','3','10');

CREATE TABLE `ringgroups` (
  `grpnum` varchar(20) NOT NULL default '',
  `strategy` varchar(50) NOT NULL default '',
  `grptime` smallint(6) NOT NULL default 0,
  `grppre` varchar(100) default NULL,
  `grplist` varchar(255) NOT NULL default '',
  `annmsg_id` int(11) default NULL,
  `postdest` varchar(255) default NULL,
  `description` varchar(35) NOT NULL default '',
  `alertinfo` varchar(255) default NULL,
  `remotealert_id` int(11) default NULL,
  `needsconf` varchar(10) default NULL,
  `toolate_id` int(11) default NULL,
  `ringing` varchar(80) default NULL,
  `cwignore` varchar(10) default NULL,
  `cfignore` varchar(10) default NULL,
  `cpickup` varchar(10) default NULL,
  `recording` varchar(10) default NULL,
  PRIMARY KEY (`grpnum`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `ringgroups` VALUES
('60','ringall',6,'Sales:','22-23-24',0,'ext-local,vmb21,1','Sales','',0,'',0,'Ring','','','','dontcare'),
('61','hunt',4,'','26-27',0,'app-blackhole,hangup,1','Back rooms','',0,'',0,'Ring','','','','dontcare');

CREATE TABLE `queues_config` (
  `extension` varchar(20) NOT NULL default '',
  `descr` varchar(35) NOT NULL default '',
  `grppre` varchar(100) NOT NULL default '',
  `alertinfo` varchar(254) NOT NULL default '',
  `ringing` tinyint(1) default NULL,
  `maxwait` varchar(8) NOT NULL default '',
  `password` varchar(20) NOT NULL default '',
  `ivr_id` varchar(8) NOT NULL default '',
  `dest` varchar(50) NOT NULL default '',
  `cwignore` tinyint(1) default NULL,
  `queuewait` tinyint(1) default NULL,
  `use_queue_context` tinyint(1) default NULL,
  `togglehint` tinyint(1) default NULL,
  `qnoanswer` tinyint(1) default NULL,
  `callconfirm` tinyint(1) default NULL,
  `callconfirm_id` int(11) default NULL,
  `qregex` varchar(255) default NULL,
  `agentannounce_id` int(11) default NULL,
  `joinannounce_id` int(11) default NULL,
  `monitor_type` varchar(5) default NULL,
  `monitor_heard` int(11) default NULL,
  `monitor_spoken` int(11) default NULL,
  `callback_id` varchar(8) NOT NULL default '',
  PRIMARY KEY (`extension`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `queues_config` VALUES
('70','Support','','',0,'16','','none','ext-group,60,1',0,0,0,0,0,0,0,'',0,0,'',0,0,'none');

CREATE TABLE `queues_details` (
  `id` varchar(45) NOT NULL default '',
  `keyword` varchar(30) NOT NULL default '',
  `data` varchar(150) NOT NULL default '',
  `flags` int(1) NOT NULL default 0,
  PRIMARY KEY (`id`,`keyword`,`data`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `queues_details` VALUES
('70','strategy','ringall',0),
('70','timeout','6',0),
('70','retry','2',0),
('70','wrapuptime','0',0),
('70','maxlen','0',0),
('70','joinempty','yes',0),
('70','leavewhenempty','no',0),
('70','announce-frequency','0',0),
('70','announce-holdtime','no',0),
('70','announce-position','no',0),
('70','periodic-announce-frequency','0',0),
('70','autofill','no',0),
('70','ringinuse','yes',0),
('70','eventwhencalled','no',0),
('70','eventmemberstatus','no',0),
('70','weight','0',0),
('70','reportholdtime','no',0),
('70','servicelevel','60',0),
('70','monitor-format','',0),
('70','monitor-join','yes',0),
('70','queue-youarenext','silence/1',0),
('70','queue-thereare','silence/1',0),
('70','queue-callswaiting','silence/1',0),
('70','queue-thankyou','',0),
('70','music','default',0),
('70','member','Local/28@from-queue/n,0',0),
('70','member','Local/29@from-queue/n,0',1);

CREATE TABLE `ivr_details` (
  `id` int(11) NOT NULL,
  `name` varchar(50) default NULL,
  `description` varchar(150) default NULL,
  `announcement` int(11) default NULL,
  `directdial` varchar(50) default NULL,
  `invalid_loops` varchar(10) default NULL,
  `invalid_retry_recording` varchar(25) default NULL,
  `invalid_destination` varchar(50) default NULL,
  `invalid_recording` varchar(25) default NULL,
  `retvm` varchar(8) default NULL,
  `timeout_time` int(11) default NULL,
  `timeout_recording` varchar(25) default NULL,
  `timeout_retry_recording` varchar(25) default NULL,
  `timeout_destination` varchar(50) default NULL,
  `timeout_loops` varchar(10) default NULL,
  `timeout_append_announce` tinyint(1) NOT NULL default 1,
  `invalid_append_announce` tinyint(1) NOT NULL default 1,
  `timeout_ivr_ret` tinyint(1) NOT NULL default 0,
  `invalid_ivr_ret` tinyint(1) NOT NULL default 0,
  PRIMARY KEY (`id`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `ivr_details` VALUES
(1,'Menu','Menu',2,'','1','default','from-did-direct,21,1','','',3,'','','from-did-direct,21,1','1',1,1,0,0);

CREATE TABLE `ivr_entries` (
  `ivr_id` int(11) NOT NULL,
  `selection` varchar(10) default NULL,
  `dest` varchar(50) default NULL,
  `ivr_ret` tinyint(1) NOT NULL default 0
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `ivr_entries` VALUES
(1,'1','ext-group,60,1',0),
(1,'2','ext-queues,70,1',0),
(1,'3','from-did-direct,25,1',0),
(1,'0','from-did-direct,21,1',0);

CREATE TABLE `timegroups_groups` (
  `id` int(11) NOT NULL,
  `description` varchar(50) NOT NULL default ''
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `timegroups_groups` VALUES
(1,'Opening hours');

CREATE TABLE `timegroups_details` (
  `id` int(11) NOT NULL,
  `timegroupid` int(11) NOT NULL default 0,
  `time` varchar(100) NOT NULL default ''
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `timegroups_details` VALUES
(1,1,'09:00-18:00|mon-fri|*|*');

CREATE TABLE `timeconditions` (
  `timeconditions_id` int(11) NOT NULL,
  `displayname` varchar(50) default NULL,
  `time` int(11) default NULL,
  `truegoto` varchar(50) default NULL,
  `falsegoto` varchar(50) default NULL,
  `deptname` varchar(50) default NULL,
  `generate_hint` tinyint(1) default NULL,
  `priority` varchar(50) default NULL,
  PRIMARY KEY (`timeconditions_id`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `timeconditions` VALUES
(1,'Hours',1,'ivr-1,s,1','ext-local,vmu21,1','',0,'');

CREATE TABLE `daynight` (
  `ext` varchar(10) NOT NULL default '',
  `dmode` varchar(40) NOT NULL default '',
  `dest` varchar(190) NOT NULL default '',
  PRIMARY KEY (`ext`,`dmode`,`dest`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `daynight` VALUES
('0','day','ext-group,60,1'),
('0','night','ext-local,vmu21,1'),
('0','fc_description','Shop'),
('0','password','');

CREATE TABLE `recordings` (
  `id` int(11) NOT NULL,
  `displayname` varchar(50) NOT NULL default '',
  `filename` blob,
  `description` varchar(254) default NULL,
  `fcode` tinyint(1) default NULL,
  `fcode_pass` varchar(20) default NULL,
  PRIMARY KEY (`id`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `recordings` VALUES
(1,'__invalid','install done','',0,NULL),
(2,'menu','custom/menu','',0,NULL),
(3,'closed','custom/closed','',0,NULL);

CREATE TABLE `featurecodes` (
  `modulename` varchar(50) NOT NULL default '',
  `featurename` varchar(50) NOT NULL default '',
  `description` varchar(200) NOT NULL default '',
  `defaultcode` varchar(20) default NULL,
  `customcode` varchar(20) default NULL,
  `enabled` tinyint(4) NOT NULL default 0,
  `providedest` tinyint(4) NOT NULL default 0,
  PRIMARY KEY (`modulename`,`featurename`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
