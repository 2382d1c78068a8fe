-- The hotel's database in the shape of FreePBX 2.8, only what it uses.

CREATE TABLE `admin` (
  `variable` varchar(20) NOT NULL default '',
  `value` varchar(80) NOT NULL default ''
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `admin` VALUES
('version','2.8.1.4'),
('need_reload','false');

CREATE TABLE `modules` (
  `id` int(11) NOT NULL,
  `modulename` varchar(50) NOT NULL default '',
  `version` varchar(20) NOT NULL default '',
  `enabled` tinyint(1) default NULL,
  PRIMARY KEY (`id`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `modules` VALUES
('1','framework','2.8.0.1','1'),
('2','core','2.8.0.1','1'),
('3','recordings','2.8.0.1','1'),
('4','timeconditions','2.8.0.1','1'),
('5','ringgroups','2.8.0.1','1'),
('6','pinsets','2.8.0.1','1'),
('7','announcement','2.8.0.1','1'),
('8','voicemail','2.8.0.1','1'),
('9','callwaiting','2.8.0.1','1'),
('10','callforward','2.8.0.1','1'),
('11','donotdisturb','2.8.0.1','1'),
('12','infoservices','2.8.0.1','1'),
('13','outroutemsg','2.8.0.1','1'),
('14','cidlookup','2.8.0.1','1'),
('15','paging','2.8.0.1','1'),
('16','customcontexts','2.8.0.1','1'),
('17','music','2.8.0.1','1'),
('18','hotelwakeup','2.8.0.1','1'),
('19','pbdirectory','2.8.0.1','1'),
('20','phonebook','2.8.0.1','1');

CREATE TABLE `globals` (
  `variable` varchar(20) NOT NULL default '',
  `value` varchar(50) NOT NULL default '',
  PRIMARY KEY (`variable`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `globals` VALUES
('DIAL_OPTIONS','tr'),
('TRUNK_OPTIONS',''),
('RINGTIMER','6'),
('VM_PREFIX','*'),
('TONEZONE','uk'),
('RECORDING_STATE','ENABLED'),
('ALLOW_SIP_ANON','no'),
('MIXMON_FORMAT','wav'),
('CID_PREPEND_REPLACE','1');

CREATE TABLE `users` (
  `extension` varchar(20) NOT NULL default '',
  `password` varchar(20) default NULL,
  `name` varchar(50) default NULL,
  `voicemail` varchar(50) default NULL,
  `ringtimer` int(3) default NULL,
  `noanswer` varchar(100) default NULL,
  `recording` varchar(50) default NULL,
  `outboundcid` varchar(50) default NULL,
  `sipname` varchar(50) default NULL
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `users` VALUES
('201','','Reception','novm','0','','out=Adhoc|in=Adhoc','',''),
('202','','Concierge','novm','0','','out=Adhoc|in=Adhoc','',''),
('203','','Restaurant','novm','0','','out=Adhoc|in=Adhoc','',''),
('204','','Kitchen','novm','0','','out=Adhoc|in=Adhoc','',''),
('205','','Bar','novm','0','','out=Adhoc|in=Adhoc','',''),
('206','','Housekeeping','novm','0','','out=Adhoc|in=Adhoc','',''),
('207','','Laundry','novm','0','','out=Adhoc|in=Adhoc','',''),
('208','','Garage','novm','0','','out=Adhoc|in=Adhoc','',''),
('209','','Manager','novm','0','','out=Adhoc|in=Adhoc','"Manager" <442012349999>',''),
('210','','Spa','novm','0','','out=Adhoc|in=Adhoc','',''),
('211','','Room 11','novm','0','','out=Adhoc|in=Adhoc','',''),
('212','','Room 12','novm','0','','out=Adhoc|in=Adhoc','','');

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
('201','sip','SIP/201','fixed','201','Reception','<442012340201>'),
('202','sip','SIP/202','fixed','202','Concierge',''),
('203','sip','SIP/203','fixed','203','Restaurant',''),
('204','sip','SIP/204','fixed','204','Kitchen',''),
('205','sip','SIP/205','fixed','205','Bar',''),
('206','sip','SIP/206','fixed','206','Housekeeping',''),
('207','sip','SIP/207','fixed','207','Laundry',''),
('208','sip','SIP/208','fixed','208','Garage',''),
('209','sip','SIP/209','fixed','209','Manager',''),
('210','sip','SIP/210','fixed','210','Spa',''),
('211','sip','SIP/211','fixed','211','Room 11',''),
('212','sip','SIP/212','fixed','212','Room 12',''),
('2071','sip','SIP/2071','fixed','207','Laundry, second','');

CREATE TABLE `sip` (
  `id` varchar(20) NOT NULL default '',
  `keyword` varchar(30) NOT NULL default '',
  `data` varchar(255) NOT NULL default '',
  `flags` int(1) NOT NULL default 0,
  PRIMARY KEY (`id`,`keyword`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `sip` VALUES
('201','secret','hotel-201-7437','2'),
('201','dtmfmode','rfc2833','3'),
('201','canreinvite','no','4'),
('201','context','from-internal','5'),
('201','host','dynamic','6'),
('201','type','friend','7'),
('201','nat','no','8'),
('201','port','5060','9'),
('201','qualify','yes','10'),
('201','callgroup','','11'),
('201','pickupgroup','','12'),
('201','disallow','','13'),
('201','allow','','14'),
('201','dial','SIP/201','15'),
('201','accountcode','','16'),
('201','mailbox','201@device','17'),
('201','account','201','18'),
('201','callerid','device <201>','19'),
('202','secret','hotel-202-7474','2'),
('202','dtmfmode','rfc2833','3'),
('202','canreinvite','no','4'),
('202','context','from-internal','5'),
('202','host','dynamic','6'),
('202','type','friend','7'),
('202','nat','no','8'),
('202','port','5060','9'),
('202','qualify','yes','10'),
('202','callgroup','','11'),
('202','pickupgroup','','12'),
('202','disallow','','13'),
('202','allow','','14'),
('202','dial','SIP/202','15'),
('202','accountcode','','16'),
('202','mailbox','202@device','17'),
('202','account','202','18'),
('202','callerid','device <202>','19'),
('203','secret','hotel-203-7511','2'),
('203','dtmfmode','rfc2833','3'),
('203','canreinvite','no','4'),
('203','context','from-internal','5'),
('203','host','dynamic','6'),
('203','type','friend','7'),
('203','nat','no','8'),
('203','port','5060','9'),
('203','qualify','yes','10'),
('203','callgroup','','11'),
('203','pickupgroup','','12'),
('203','disallow','','13'),
('203','allow','','14'),
('203','dial','SIP/203','15'),
('203','accountcode','','16'),
('203','mailbox','203@device','17'),
('203','account','203','18'),
('203','callerid','device <203>','19'),
('204','secret','hotel-204-7548','2'),
('204','dtmfmode','rfc2833','3'),
('204','canreinvite','no','4'),
('204','context','from-internal','5'),
('204','host','dynamic','6'),
('204','type','friend','7'),
('204','nat','no','8'),
('204','port','5060','9'),
('204','qualify','yes','10'),
('204','callgroup','','11'),
('204','pickupgroup','','12'),
('204','disallow','','13'),
('204','allow','','14'),
('204','dial','SIP/204','15'),
('204','accountcode','','16'),
('204','mailbox','204@device','17'),
('204','account','204','18'),
('204','callerid','device <204>','19'),
('205','secret','hotel-205-7585','2'),
('205','dtmfmode','rfc2833','3'),
('205','canreinvite','no','4'),
('205','context','from-internal','5'),
('205','host','dynamic','6'),
('205','type','friend','7'),
('205','nat','no','8'),
('205','port','5060','9'),
('205','qualify','yes','10'),
('205','callgroup','','11'),
('205','pickupgroup','','12'),
('205','disallow','','13'),
('205','allow','','14'),
('205','dial','SIP/205','15'),
('205','accountcode','','16'),
('205','mailbox','205@device','17'),
('205','account','205','18'),
('205','callerid','device <205>','19'),
('206','secret','hotel-206-7622','2'),
('206','dtmfmode','rfc2833','3'),
('206','canreinvite','no','4'),
('206','context','from-internal','5'),
('206','host','dynamic','6'),
('206','type','friend','7'),
('206','nat','no','8'),
('206','port','5060','9'),
('206','qualify','yes','10'),
('206','callgroup','','11'),
('206','pickupgroup','','12'),
('206','disallow','','13'),
('206','allow','','14'),
('206','dial','SIP/206','15'),
('206','accountcode','','16'),
('206','mailbox','206@device','17'),
('206','account','206','18'),
('206','callerid','device <206>','19'),
('207','secret','hotel-207-7659','2'),
('207','dtmfmode','rfc2833','3'),
('207','canreinvite','no','4'),
('207','context','from-internal','5'),
('207','host','dynamic','6'),
('207','type','friend','7'),
('207','nat','no','8'),
('207','port','5060','9'),
('207','qualify','yes','10'),
('207','callgroup','','11'),
('207','pickupgroup','','12'),
('207','disallow','','13'),
('207','allow','','14'),
('207','dial','SIP/207','15'),
('207','accountcode','','16'),
('207','mailbox','207@device','17'),
('207','account','207','18'),
('207','callerid','device <207>','19'),
('208','secret','hotel-208-7696','2'),
('208','dtmfmode','rfc2833','3'),
('208','canreinvite','no','4'),
('208','context','from-internal','5'),
('208','host','dynamic','6'),
('208','type','friend','7'),
('208','nat','no','8'),
('208','port','5060','9'),
('208','qualify','yes','10'),
('208','callgroup','','11'),
('208','pickupgroup','','12'),
('208','disallow','','13'),
('208','allow','','14'),
('208','dial','SIP/208','15'),
('208','accountcode','','16'),
('208','mailbox','208@device','17'),
('208','account','208','18'),
('208','callerid','device <208>','19'),
('209','secret','hotel-209-7733','2'),
('209','dtmfmode','rfc2833','3'),
('209','canreinvite','no','4'),
('209','context','from-internal','5'),
('209','host','dynamic','6'),
('209','type','friend','7'),
('209','nat','no','8'),
('209','port','5060','9'),
('209','qualify','yes','10'),
('209','callgroup','','11'),
('209','pickupgroup','','12'),
('209','disallow','','13'),
('209','allow','','14'),
('209','dial','SIP/209','15'),
('209','accountcode','','16'),
('209','mailbox','209@device','17'),
('209','account','209','18'),
('209','callerid','device <209>','19'),
('210','secret','hotel-210-7770','2'),
('210','dtmfmode','rfc2833','3'),
('210','canreinvite','no','4'),
('210','context','from-internal','5'),
('210','host','dynamic','6'),
('210','type','friend','7'),
('210','nat','no','8'),
('210','port','5060','9'),
('210','qualify','yes','10'),
('210','callgroup','','11'),
('210','pickupgroup','','12'),
('210','disallow','','13'),
('210','allow','','14'),
('210','dial','SIP/210','15'),
('210','accountcode','','16'),
('210','mailbox','210@device','17'),
('210','account','210','18'),
('210','callerid','device <210>','19'),
('211','secret','hotel-211-7807','2'),
('211','dtmfmode','rfc2833','3'),
('211','canreinvite','no','4'),
('211','context','from-internal','5'),
('211','host','dynamic','6'),
('211','type','friend','7'),
('211','nat','no','8'),
('211','port','5060','9'),
('211','qualify','yes','10'),
('211','callgroup','','11'),
('211','pickupgroup','','12'),
('211','disallow','','13'),
('211','allow','','14'),
('211','dial','SIP/211','15'),
('211','accountcode','','16'),
('211','mailbox','211@device','17'),
('211','account','211','18'),
('211','callerid','device <211>','19'),
('212','secret','hotel-212-7844','2'),
('212','dtmfmode','rfc2833','3'),
('212','canreinvite','no','4'),
('212','context','from-internal','5'),
('212','host','dynamic','6'),
('212','type','friend','7'),
('212','nat','no','8'),
('212','port','5060','9'),
('212','qualify','yes','10'),
('212','callgroup','','11'),
('212','pickupgroup','','12'),
('212','disallow','','13'),
('212','allow','','14'),
('212','dial','SIP/212','15'),
('212','accountcode','','16'),
('212','mailbox','212@device','17'),
('212','account','212','18'),
('212','callerid','device <212>','19'),
('2071','secret','hotel-2071-6816','2'),
('2071','dtmfmode','rfc2833','3'),
('2071','canreinvite','no','4'),
('2071','context','from-internal','5'),
('2071','host','dynamic','6'),
('2071','type','friend','7'),
('2071','nat','no','8'),
('2071','port','5060','9'),
('2071','qualify','yes','10'),
('2071','callgroup','','11'),
('2071','pickupgroup','','12'),
('2071','disallow','','13'),
('2071','allow','','14'),
('2071','dial','SIP/2071','15'),
('2071','accountcode','','16'),
('2071','mailbox','2071@device','17'),
('2071','account','2071','18'),
('2071','callerid','device <2071>','19'),
('tr-peer-1','host','north.carrier.example','2'),
('tr-peer-1','type','peer','3'),
('tr-peer-1','username','hotel','4'),
('tr-peer-1','secret','line-north-5512','5'),
('tr-peer-1','disallow','all','6'),
('tr-peer-1','allow','alaw&ulaw','7'),
('tr-peer-1','account','north','8'),
('tr-peer-2','host','south.carrier.example','2'),
('tr-peer-2','type','peer','3'),
('tr-peer-2','username','hotel','4'),
('tr-peer-2','secret','line-south-5512','5'),
('tr-peer-2','disallow','all','6'),
('tr-peer-2','allow','alaw&ulaw','7'),
('tr-peer-2','account','south','8'),
('tr-peer-3','host','branch.carrier.example','2'),
('tr-peer-3','type','peer','3'),
('tr-peer-3','username','hotel','4'),
('tr-peer-3','secret','line-branch-5512','5'),
('tr-peer-3','disallow','all','6'),
('tr-peer-3','allow','alaw&ulaw','7'),
('tr-peer-3','account','branch','8');

CREATE TABLE `trunks` (
  `trunkid` int(11) NOT NULL default 0,
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
  PRIMARY KEY (`trunkid`,`tech`,`channelid`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `trunks` VALUES
('1','North','sip','"Hotel" <442012340000>','off','','','','north','','','off'),
('2','South','sip','','off','','','','south','','','off'),
('3','Branch','sip','','off','','','','branch','','','off');

CREATE TABLE `trunk_dialpatterns` (
  `trunkid` int(11) NOT NULL default 0,
  `match_pattern_prefix` varchar(50) NOT NULL default '',
  `match_pattern_pass` varchar(50) NOT NULL default '',
  `prepend_digits` varchar(50) NOT NULL default '',
  `seq` int(11) NOT NULL default 0
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE `outbound_routes` (
  `route_id` int(11) NOT NULL auto_increment,
  `name` varchar(40) default NULL,
  `outcid` varchar(40) default NULL,
  `outcid_mode` varchar(20) default NULL,
  `password` varchar(30) default NULL,
  `emergency_route` varchar(4) default NULL,
  `intracompany_route` varchar(4) default NULL,
  `mohclass` varchar(80) default NULL,
  `time_group_id` int(11) default NULL,
  PRIMARY KEY (`route_id`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `outbound_routes` VALUES
('1','Local','','','','','','default',NULL),
('2','Abroad','','','','','','default',NULL),
('3','Mobile','442012348888','','6174','','','default',NULL),
('4','Emergency','','','','YES','','default',NULL),
('5','Branch','','','','','YES','default',NULL),
('6','Satellite','442012347777','override_extension','/etc/asterisk/satellite-pins','','','none',NULL);

CREATE TABLE `outbound_route_sequence` (
  `route_id` int(11) NOT NULL default 0,
  `seq` int(11) NOT NULL default 0,
  PRIMARY KEY (`route_id`,`seq`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `outbound_route_sequence` VALUES
('4','0'),
('2','1'),
('3','2'),
('5','3'),
('6','4'),
('1','5');

CREATE TABLE `outbound_route_patterns` (
  `route_id` int(11) NOT NULL default 0,
  `match_pattern_prefix` varchar(60) NOT NULL default '',
  `match_pattern_pass` varchar(60) NOT NULL default '',
  `match_cid` varchar(60) NOT NULL default '',
  `prepend_digits` varchar(100) NOT NULL default ''
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `outbound_route_patterns` VALUES
('1','9','NXXXXX','',''),
('2','9','00X.','',''),
('3','9','07XXXXXXX','',''),
('4','','999','',''),
('5','','4XX','',''),
('6','9','8816XXXX','','');

CREATE TABLE `outbound_route_trunks` (
  `route_id` int(11) NOT NULL default 0,
  `trunk_id` int(11) NOT NULL default 0,
  `seq` int(11) NOT NULL default 0,
  PRIMARY KEY (`route_id`,`trunk_id`,`seq`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `outbound_route_trunks` VALUES
('1','1','0'),
('1','2','1'),
('2','1','0'),
('3','2','0'),
('3','1','1'),
('4','1','0'),
('4','2','1'),
('5','3','0'),
('6','2','0');

CREATE TABLE `pinsets` (
  `pinsets_id` int(11) NOT NULL auto_increment,
  `passwords` longtext,
  `description` varchar(50) default NULL,
  `addtocdr` tinyint(1) default NULL,
  `deptname` varchar(50) default NULL,
  PRIMARY KEY (`pinsets_id`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `pinsets` VALUES
('1','52210\n00731\n4*18','Abroad','1',NULL);

CREATE TABLE `pinset_usage` (
  `pinsets_id` int(11) NOT NULL default 0,
  `dispname` varchar(30) NOT NULL default '',
  `foreign_id` varchar(30) NOT NULL default '',
  PRIMARY KEY (`dispname`,`foreign_id`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `pinset_usage` VALUES
('1','routing','2');

CREATE TABLE `incoming` (
  `cidnum` varchar(80) NOT NULL default '',
  `extension` varchar(80) NOT NULL default '',
  `destination` varchar(80) NOT NULL default '',
  `faxexten` varchar(80) NOT NULL default '',
  `faxemail` varchar(80) NOT NULL default '',
  `answer` int(2) NOT NULL default 0,
  `wait` int(2) NOT NULL default 0,
  `privacyman` int(2) NOT NULL default 0,
  `alertinfo` varchar(80) NOT NULL default '',
  `ringing` varchar(80) NOT NULL default '',
  `mohclass` varchar(80) NOT NULL default '',
  `description` varchar(80) NOT NULL default '',
  `grppre` varchar(80) NOT NULL default '',
  `delay_answer` int(2) NOT NULL default 0,
  `pricid` varchar(80) NOT NULL default '',
  `pmmaxretries` varchar(80) NOT NULL default '',
  `pmminlength` varchar(80) NOT NULL default ''
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `incoming` VALUES
('','442012340000','from-did-direct,201,1','','','0','0','0','','','default','','','0','','',''),
('','442012340001','from-did-direct,203,1','','','0','0','0','','','default','Restaurant','','0','','',''),
('','442012340002','from-did-direct,204,1','','','0','0','1','','','default','','','0','','2','6');

CREATE TABLE `recordings` (
  `id` int(11) NOT NULL auto_increment,
  `displayname` varchar(50) default NULL,
  `filename` blob,
  `description` varchar(254) default NULL,
  PRIMARY KEY (`id`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `recordings` VALUES
('1','No line','custom/no-line','');

CREATE TABLE `outroutemsg` (
  `keyword` varchar(40) NOT NULL default '',
  `data` varchar(10) NOT NULL default '',
  PRIMARY KEY (`keyword`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `outroutemsg` VALUES
('default_msg_id','1'),
('intracompany_msg_id','-2'),
('emergency_msg_id','-1'),
('no_answer_msg_id','1'),
('invalidnmbr_msg_id','-1');

CREATE TABLE `featurecodes` (
  `modulename` varchar(50) NOT NULL default '',
  `featurename` varchar(50) NOT NULL default '',
  `description` varchar(200) NOT NULL default '',
  `defaultcode` varchar(20) default NULL,
  `customcode` varchar(20) default NULL,
  `enabled` tinyint(4) default NULL,
  PRIMARY KEY (`modulename`,`featurename`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `featurecodes` VALUES
('paging','intercom-prefix','Intercom prefix','*80',NULL,'1'),
('paging','intercom-on','User Intercom Allow','*54',NULL,'1'),
('paging','intercom-off','User Intercom Disallow','*55',NULL,'1'),
('donotdisturb','dnd_on','DND Activate','*78',NULL,'1'),
('donotdisturb','dnd_off','DND Deactivate','*79',NULL,'1'),
('hotelwakeup','hotelwakeup','Wake Up Calls','*68',NULL,'1'),
('pbdirectory','app-pbdirectory','Phonebook dial-by-name directory','411',NULL,'1');

CREATE TABLE `hotelwakeup` (
  `maxretries` int(11) NOT NULL,
  `waittime` int(11) NOT NULL,
  `retrytime` int(11) NOT NULL,
  `extensionlength` int(11) NOT NULL,
  `cnam` varchar(30) default NULL,
  `cid` varchar(30) default NULL,
  `operator_mode` int(11) NOT NULL,
  `operator_extensions` varchar(30) default NULL,
  PRIMARY KEY (`maxretries`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `hotelwakeup` VALUES
('2','45','90','3','Good \"morning\" `id` $HOME; rm','*68','1','201 , 00');

CREATE TABLE `paging_config` (
  `page_group` varchar(255) NOT NULL default '',
  `force_page` int(1) NOT NULL default 0,
  `duplex` int(1) NOT NULL default 0,
  PRIMARY KEY (`page_group`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `paging_config` VALUES
('70','0','0'),
('71','1','1');

CREATE TABLE `paging_groups` (
  `page_number` varchar(50) NOT NULL default '',
  `ext` varchar(25) NOT NULL default '',
  PRIMARY KEY (`page_number`,`ext`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `paging_groups` VALUES
('70','204'),
('70','205X'),
('70','206'),
('71','207'),
('71','208'),
('71','2071');

CREATE TABLE `paging_autoanswer` (
  `useragent` varchar(255) NOT NULL default '',
  `var` varchar(20) NOT NULL default '',
  `setting` varchar(255) NOT NULL default '',
  PRIMARY KEY (`useragent`,`var`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `paging_autoanswer` VALUES
('default','CALLINFO','Call-Info: <uri>\\;answer-after=0'),
('default','ALERTINFO','Alert-Info: Ring Answer'),
('default','SIPURI','intercom=true'),
('Mitel','CALLINFO','Call-Info: <sip:broadworks.net>\\;answer-after=0'),
('Polycom','ALERTINFO','Alert-Info: info=Auto Answer');

CREATE TABLE `cidlookup` (
  `cidlookup_id` int(11) NOT NULL auto_increment,
  `description` varchar(50) NOT NULL default '',
  `sourcetype` varchar(100) NOT NULL default '',
  `cache` tinyint(1) NOT NULL default 0,
  `deptname` varchar(30) default NULL,
  `http_host` varchar(30) default NULL,
  `http_port` varchar(30) default NULL,
  `http_username` varchar(30) default NULL,
  `http_password` varchar(30) default NULL,
  `http_path` varchar(100) default NULL,
  `http_query` varchar(100) default NULL,
  `mysql_host` varchar(60) default NULL,
  `mysql_dbname` varchar(60) default NULL,
  `mysql_query` text,
  `mysql_username` varchar(30) default NULL,
  `mysql_password` varchar(30) default NULL,
  PRIMARY KEY (`cidlookup_id`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `cidlookup` VALUES
('1','Phone book','internal','0',NULL,'','','','','','','','','','',''),
('2','Booking','http','1',NULL,'booking.hotel.example','8080','pbx','guest,book','/who','n=[NUMBER]&was=[NAME]','','','','','');

CREATE TABLE `cidlookup_incoming` (
  `cidlookup_id` int(11) NOT NULL default 0,
  `extension` varchar(50) NOT NULL default '',
  `cidnum` varchar(30) NOT NULL default ''
) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO `cidlookup_incoming` VALUES
('1','442012340000',''),
('2','442012340001',''),
('1','442019999999','');
