import { finding } from '../finding.ts';
import { defineReader } from './reader.ts';

/** Modules of FreePBX 2.8 to 2.11, Elastix and Issabel: what they hold is carried, or told where it is not. */
const KNOWN = new Set(
  `accountcodepreserve allowlist announcement arimanager asterisk-cli asteriskinfo asternicivr backup blacklist bosssecretary builtin bulkdids
  bulkextensions bulkhandler calendar callback callforward callrecording callwaiting cdr cel certman cidlookup conferences configedit contactdir
  contactmanager core custom-context customappsreg customcontexts customerdb cxpanel dahdiconfig dashboard daynight dialplaninjection dictate
  digium_phones digiumaddoninstaller directory disa donotdisturb dundicheck dynamicfeatures dynroute endpoint endpointman extensionsettings fax
  featurecodeadmin filestore findmefollow firewall fop2 framework fw_ari fw_fop fw_langpacks gabcast hotelwakeup iaxsettings infoservices
  inventorydb irc isymphony ivr javassh languages logfiles manager managersettings miscapps miscdests missedcall motif music outcnam
  outroutemsg paging parking parkpro pbdirectory phonebook phpagiconf phpinfo pinsets pm2 presencestate printextensions queuemetrics queueprio
  queues queuestats recordings recording_report restart restapi ringgroups setcid sipsettings sipstation soundlang speeddial superfecta
  sysadmin timeconditions trunkbalance tts ucp userman vmblast voicemail weakpasswords webrtc writequeuelog xmpp zapauto`.split(/\s+/),
);

/** Says which modules the site added that nobody knows here: their dialplan stands in no table that is read. */
export default defineReader({
  kind: null,
  tables: [],
  astdb: [],
  files: [],
  read: (source, notes) => {
    for (const row of source.rows('modules')) {
      const name = row.text('modulename').trim();
      if (name === '' || KNOWN.has(name.toLowerCase()) || !row.flag('enabled')) continue;
      const means = `The old web pages had module '${name}', which is not known here: numbers, codes and destinations that it made are not carried.`;
      notes.finding(finding('MODULE_UNKNOWN', { where: `modules ${name}`, means }));
    }
    return {};
  },
});
