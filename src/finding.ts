import { z } from 'zod';
import { MigrateError } from './error.ts';
import { type Ref, refText } from './model/ref.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Every code once, with its severity and the cure that the docs list. What it means for callers is said where it is found. */
export const FINDINGS = {
  COLUMN_UNREAD: {
    severity: 'warning',
    cure: 'The column holds more than its default and no reader asks for it: look at the rows and set what they mean in the model by hand.',
  },
  TABLE_UNKNOWN: { severity: 'info', cure: 'The table is counted in the ledger and not read; look whether anyone needs what it holds.' },
  DESTINATION_NOT_CARRIED: { severity: 'error', cure: 'Point it elsewhere in the model, or wait for the kind to be carried.' },
  DESTINATION_MISSING: {
    severity: 'warning',
    cure: 'The old box hangs up here in silence, and so does the new one: give it a destination in the model.',
  },
  CALL_CIRCLE: {
    severity: 'warning',
    cure: 'Give one of them another destination in the model. A call that goes round without a pause is ended by the new box, where the old one ran it at full speed; any other ends when the caller gives up.',
  },
  TIME_ZONE_UNKNOWN: { severity: 'warning', cure: 'Set settings.pbx.timeZone in the model, or pass --time-zone.' },
  ENCODING_GUESSED: {
    severity: 'warning',
    cure: 'Look at the names in the model. Where the guess was wrong, extract again and name the charset: --charset windows-1253.',
  },
  ENCODING_REPAIRED: { severity: 'info', cure: 'Nothing: look at a few names in the model.' },
  ENCODING_PROPOSED: { severity: 'warning', cure: 'Where the proposal is right, extract again with it: --charset windows-1251.' },
  TEXT_LOST: {
    severity: 'warning',
    cure: 'Write the text into the model. Another source of the same box (its AstDB, a live server) may still have it.',
  },
  TEXT_CUT: { severity: 'info', cure: 'The old column was too narrow for the text: write it out in the model.' },
  TABLE_MOVED: { severity: 'warning', cure: 'Extract again at a quiet time, or from a dump.' },
  GENERATION_OLD: {
    severity: 'error',
    cure: 'Routes and trunks of FreePBX 2.7 and older are not carried: write them into the model by hand.',
  },
  SOURCE_INCOMPLETE: { severity: 'error', cure: 'Add the part to the source and extract again.' },
  ARCHIVE_ENTRY_LEFT_OUT: {
    severity: 'warning',
    cure: 'Unpack the archive yourself, see what it is, and give the folder as the source where it matters.',
  },
  ARCHIVE_PART_UNKNOWN: {
    severity: 'info',
    cure: 'See whether anything there is still wanted: web pages, fax, mail and telephone files stay behind.',
  },
  INCLUDE_MISSING: { severity: 'warning', cure: 'Add the file to the source and extract again, or see that nothing needs it.' },
  INCLUDE_OUTSIDE: { severity: 'warning', cure: 'Copy the file into the /etc/asterisk of the source and include it from there.' },
  FILE_NOT_READ: { severity: 'warning', cure: 'It was written by hand and is not carried: look what callers and scripts need of it.' },
  CONTEXT_NOT_CARRIED: {
    severity: 'warning',
    cure: 'Hand-made dialplan is not carried yet: see who enters the context, and write it for the new box.',
  },
  ASTDB_NOT_CARRIED: { severity: 'info', cure: 'See whether anything reads these keys: hand-made dialplan and scripts do.' },
  OPTION_NOT_CARRIED: { severity: 'info', cure: 'Set it in the rendered configuration by hand where the telephones need it.' },
  DISA_WITHOUT_PIN: { severity: 'error', cure: 'Give it a PIN in the model: asksPin, and disa/ID/pin/0 in secrets.yaml.' },
  DYNAMIC_ROUTE_NOT_CARRIED: {
    severity: 'error',
    cure: 'Let hand-made dialplan ask instead (func_odbc, an AGI script), and send the calls there in the model.',
  },
  FAX_NOT_CARRIED: {
    severity: 'error',
    cure: 'Let the carrier send faxes to that number by mail, or give the number to a fax machine on an adapter (ATA) or a fax server that registers as a telephone, and point the destination at its extension in the model.',
  },
  WAKE_UP_CALLS_STAY: {
    severity: 'info',
    cure: 'Look into /var/spool/asterisk/outgoing of the old box (wuc.*: who, and the time of the file is when) in the evening of the cutover, and order those calls on the new one.',
  },
  SIP_GUESTS_ALLOWED: { severity: 'warning', cure: 'Make a trunk for each carrier that calls in without an account.' },
  EXTENSION_DEVICE_MISSING: { severity: 'warning', cure: 'Take the device out of the extension, or add it to the model.' },
  EXTENSION_UNDIALABLE: { severity: 'warning', cure: 'Add the extension to the model under a number that telephones can key.' },
  EXTENSION_WITHOUT_DEVICE: { severity: 'info', cure: 'Nothing, where it is meant as a mailbox only.' },
  EXTENSION_STATE_DIFFERS: { severity: 'info', cure: 'The live value was carried; correct it in the model where the table was right.' },
  VOICEMAIL_OFF_BUT_MAILBOX: {
    severity: 'info',
    cure: "Set the extension's voicemail in the model where calls are meant to reach the mailbox.",
  },
  VOICEMAIL_WITHOUT_MAILBOX: { severity: 'warning', cure: 'Add the mailbox to the model, or take the voicemail off the extension.' },
  MAILBOX_NAME_DIFFERS: { severity: 'info', cure: "The extension's name was carried; correct it in the model." },
  MAILBOX_LINE_BROKEN: {
    severity: 'warning',
    cure: 'A comma or semicolon in the name cut the line: give the mailbox its e-mail address in the model.',
  },
  MAILBOX_WITHOUT_EXTENSION: { severity: 'info', cure: 'Nothing, where the mailbox is meant to stand alone.' },
  DEVICE_TECHNOLOGY_UNKNOWN: { severity: 'error', cure: 'Set the device up by hand.' },
  CLASS_PART_UNKNOWN: {
    severity: 'warning',
    cure: 'Name a part that the new box has in class-of-service.yaml, where its telephones need it.',
  },
  DEVICE_CONTEXT_UNKNOWN: {
    severity: 'error',
    cure: 'What this telephone may dial is not carried: give it a context in the model that exists on the new box.',
  },
  DEVICE_APPROXIMATED: { severity: 'info', cure: 'Place a call with the telephone, and correct the device in the model where it fails.' },
  DEVICE_OF_NOBODY: { severity: 'warning', cure: 'Give the telephone an extension in the model that exists, or take it out.' },
  DEVICE_SHUT_OUT: {
    severity: 'warning',
    cure: "Permit the telephone's network in the model (device.yaml, permit), where it is to be used.",
  },
  PEER_BY_HAND: {
    severity: 'info',
    cure: 'Give a telephone an extension in the model, or a carrier a route, where it is to be called by number.',
  },
  PEER_WITHOUT_OBJECT: { severity: 'warning', cure: 'The old box may still serve it: see whether anything registers under this name.' },
  TRUNK_APPROXIMATED: {
    severity: 'warning',
    cure: 'Place calls through the trunk, in and out, and correct it in the model where they fail.',
  },
  TRUNK_WITHOUT_HOST: { severity: 'warning', cure: "Write the carrier's host into the model, or take the trunk out of the routes." },
  TRUNK_REGISTRATION_UNREADABLE: {
    severity: 'error',
    cure: 'Write the registration into the model by hand: without it the carrier sends no calls.',
  },
  TRUNK_MISSING: { severity: 'warning', cure: 'Take the trunk out of the route, or add it to the model.' },
  ROUTE_HOURS_MISSING: {
    severity: 'error',
    cure: 'Nobody can dial through the route: write its hours into the model, or take the time group off the route to open it at all times.',
  },
  SECRET_GUESSABLE: {
    severity: 'warning',
    cure: 'Give it a long random password, or a PIN of six digits, in secrets.yaml and in the telephone or program itself.',
  },
  SECRET_SHARED: { severity: 'warning', cure: 'Give each telephone a password of its own, in secrets.yaml and in the telephone itself.' },
  AMI_OPEN: { severity: 'warning', cure: "Deny 0.0.0.0/0.0.0.0 and permit the program's own address in ami-user.yaml of the model." },
  TRUNK_DIALS_OUT: {
    severity: 'warning',
    cure: "Set the trunk's context to from-trunk in the model, unless it leads to a house of your own.",
  },
  ROUTE_ABROAD_OPEN: { severity: 'warning', cure: "Name a PIN set in the route's pinSet, or who may dial it in its patterns' callerId." },
  NAME_LOOKUP_NOT_CARRIED: {
    severity: 'warning',
    cure: 'Point the inbound route to another look-up in the model, or write one for the new box (func_odbc, a web page that answers with the name).',
  },
  NAME_LOOKUP_MISSING: { severity: 'info', cure: "Nothing, or name another look-up in the inbound route's nameLookup." },
  PIN_SET_MISSING: { severity: 'error', cure: 'Write the set and its PINs into the model, or take it off the route to open it for all.' },
  PIN_FILE_MISSING: {
    severity: 'error',
    cure: "Add the file to the source and extract again, or write its PINs into secrets.yaml: 'outbound-route/5/password/1'.",
  },
  PIN_NOT_KEYED: { severity: 'warning', cure: 'Write PINs of digits and * into secrets.yaml.' },
  PATTERN_BROKEN: {
    severity: 'warning',
    cure: 'Correct the pattern in the model: X, Z, N and [2-7] stand for a digit, a dot at the end for all that follows.',
  },
  ROUTE_WITHOUT_PATTERN: { severity: 'warning', cure: 'Give the route its patterns in the model, or take it out.' },
  BLACKLIST_UNUSABLE: { severity: 'info', cure: 'Add the number to the model (blacklist.yaml) as carriers send it.' },
  ROUTE_SWALLOWED: {
    severity: 'warning',
    cure: 'The behaviour is carried as it is; put the more exact route first in the model where it was meant to win.',
  },
  EMERGENCY_ROUTE_SWALLOWED: {
    severity: 'error',
    cure: 'Put the emergency route first in the model, and place a test call to the emergency centre after the cutover.',
  },
  EMERGENCY_NUMBER_SHADOWED: {
    severity: 'error',
    cure: 'Give the internal number another one: whoever dials it for help reaches a colleague.',
  },
  EMERGENCY_NUMBER_REWRITTEN: { severity: 'error', cure: 'Add a dial rule to the trunk that leaves the emergency number as it is.' },
  INBOUND_EXTRA_NOT_CARRIED: { severity: 'warning', cure: 'Calls arrive without it until it is carried: see whether anyone misses it.' },
  SETTING_UNUSABLE: {
    severity: 'warning',
    cure: 'Write the right one into settings.pbx of the model; wrong on the old box, too, it may not be needed.',
  },
  ROUTE_INERT: { severity: 'warning', cure: 'Nothing, where it is meant so; else write the route into the model, at its place.' },
  MEMBERS_CUT: { severity: 'warning', cure: 'Compare with those who should ring, and write the missing ones into the model.' },
  MODULE_UNKNOWN: {
    severity: 'warning',
    cure: 'Ask who installed it what it was for: see its tables and feature codes in the ledger, and its contexts in extensions_additional.conf.',
  },
  INBOUND_INERT: { severity: 'warning', cure: 'Nothing, where it is meant so; else write the route into the model, with a destination.' },
  INBOUND_DUPLICATE: { severity: 'warning', cure: 'One of the two won on the old box by chance: see that the right one is in the model.' },
  RING_GROUP_APPROXIMATED: {
    severity: 'warning',
    cure: 'Call the group, and set its strategy in the model where it rings otherwise than it should.',
  },
  DAHDI_NOT_CARRIED: { severity: 'error', cure: 'Give the extension a SIP telephone or an adapter (ATA) in the model.' },
  DIAL_STRING_NOT_CARRIED: {
    severity: 'error',
    cure: 'Write into the model how this box can reach it: PJSIP/..., IAX2/... or Local/number@from-internal.',
  },
  NUMBER_NOT_RENDERED: { severity: 'error', cure: 'Correct the number or pattern in the model.' },
  MAIL_DELETES_MESSAGE: {
    severity: 'error',
    cure: 'Once mail is known to arrive, set delete=yes for the mailbox in voicemail.conf, or leave it: messages then stay until they are heard.',
  },
  MEMBER_MISSING: { severity: 'warning', cure: 'Take the member out of the group in the model, or mark it as an outside number.' },
  NOBODY_RINGS: { severity: 'warning', cure: 'Give it members in the model, or lead its callers elsewhere.' },
  NUMBER_UNREADABLE: {
    severity: 'warning',
    cure: 'Write the number into the model, or take the text out of the old table and extract again.',
  },
  NUMBER_NOWHERE: { severity: 'warning', cure: 'Correct the number in the model, or add a route that takes it.' },
  SOUND_NOT_CARRIED: {
    severity: 'warning',
    cure: "Name the sound's file in the model ('custom/welcome'), or wait for recordings to be carried.",
  },
  TEXT_NOT_SPOKEN: { severity: 'warning', cure: 'Record the text as an announcement, and lead its calls there in the model.' },
  SOUND_MISSING: { severity: 'warning', cure: 'Add the sound file to var/lib/asterisk/sounds of the source and extract again.' },
  RECORDING_MISSING: { severity: 'warning', cure: 'Take the recording out of the object in the model, or name one that exists.' },
  TIME_GROUP_MISSING: { severity: 'warning', cure: 'Give it a time group in the model.' },
  TIME_GROUP_NEVER: { severity: 'warning', cure: 'Correct the hours of the time group in the model.' },
  TIME_CONDITION_ALIKE: { severity: 'info', cure: 'Nothing, where it is meant so.' },
  TIME_UNREADABLE: { severity: 'warning', cure: 'Write the hours into the time group of the model.' },
  CALL_FLOW_STATE_UNKNOWN: { severity: 'info', cure: 'Set the mode by its code once the new box runs.' },
  TIME_CONDITION_MISSING: { severity: 'warning', cure: 'Take the time condition out of the call flow in the model.' },
  MENU_KEY_UNREADABLE: { severity: 'warning', cure: 'Add the key to the menu in the model.' },
  MENU_DEAD_END: { severity: 'warning', cure: 'Give the menu a destination for it in the model.' },
  MENU_MISSING: { severity: 'warning', cure: 'Take the menu out of the queue in the model, or name one that exists.' },
  QUEUE_APPROXIMATED: { severity: 'warning', cure: 'Call the queue, and set it in the model where it behaves otherwise than it should.' },
  QUEUE_OPTION_NOT_CARRIED: {
    severity: 'warning',
    cure: 'See whether callers or agents miss it; set it in queues.conf by hand where they do.',
  },
  FOLLOW_ME_WITHOUT_EXTENSION: { severity: 'warning', cure: 'Nothing, where the extension is meant to be gone.' },
  FOLLOW_ME_APPROXIMATED: {
    severity: 'warning',
    cure: 'Call the extension, and set its follow me in the model where it rings otherwise than it should.',
  },
  GREETING_KEYS_NOT_CARRIED: {
    severity: 'warning',
    cure: 'Give the extension numbers for these keys in the model (greetingKeys), or a menu before its mailbox.',
  },
  BOSS_SECRETARY_NOT_CARRIED: {
    severity: 'warning',
    cure: "Forward the boss's calls to the secretary, or put a ring group in his place in the inbound routes of the model.",
  },
  DEVICE_AD_HOC: {
    severity: 'warning',
    cure: 'Give the telephone to whoever uses it, in extension.yaml of the model.',
  },
  CONFERENCE_OPTION_NOT_CARRIED: { severity: 'warning', cure: 'See whether anyone misses it.' },
  PARKING_UNREADABLE: { severity: 'error', cure: 'Write the parking lot into the model.' },
  OWNER_MISSING: { severity: 'info', cure: 'Nothing: it is left over of something that was deleted. See whether it was meant to be.' },
  OBJECT_TWICE: { severity: 'warning', cure: 'See in the model that the right one of the two was carried.' },
  NUMBER_TAKEN: { severity: 'warning', cure: 'Give one of them another number in the model: who dials it reaches the one that is named.' },
  FEATURE_CODE_TWICE: { severity: 'warning', cure: 'Give one of the two another code in the model.' },
  MUSIC_CLASS_MISSING: {
    severity: 'warning',
    cure: 'Name a music class that exists in the model, or add the music to the source and extract again.',
  },
  MUSIC_FILE_NOT_CARRIED: { severity: 'warning', cure: 'Rename the file on the old box and extract again, or copy it by hand.' },
  MUSIC_STREAM_NOT_CARRIED: { severity: 'warning', cure: 'Give the class music files in the model, or set the stream up by hand.' },
  AMI_CLIENT_DIFFERS: { severity: 'info', cure: 'Change the line in the programs that are connected, before the cutover.' },
  CALL_RECORDS_DIFFER: {
    severity: 'info',
    cure: 'Look at the reports and programs that read the call records; rows with one linkedid are one call.',
  },
  AMI_USER_INCOMPLETE: { severity: 'warning', cure: 'Complete the user in ami-user.yaml and secrets.yaml of the model.' },
  AMI_SECRET_CUT: {
    severity: 'info',
    cure: 'Nothing, where its programs log in; else give the user another secret in secrets.yaml of the model.',
  },
  DAHDI_HARDWARE: {
    severity: 'error',
    cure: 'The new box drives no telephone cards: replace analog telephones by SIP ones or adapters (ATA), and lines by a gateway or SIP trunks, before the cutover. A trunk that becomes `technology: sip` in the model keeps the numbers of its lines.',
  },
  SETTING_NOT_CARRIED: { severity: 'warning', cure: 'See whether calls depend on it, and set it by hand where they do.' },
  MUSIC_NOT_CARRIED: { severity: 'info', cure: 'Nothing, where the default music will do.' },
  TIME_RANGE_UNREADABLE: {
    severity: 'warning',
    cure: 'Write the range in the model as hours 09:00-18:00, days mon-fri, days of the month 1-8, months jan-mar.',
  },
  TIME_CONDITION_NEVER: { severity: 'warning', cure: 'Give the time condition a time group with hours in the model.' },
  MENU_KEY_LOST: { severity: 'warning', cure: 'Give the destination another key in the model.' },
  MENU_EMPTY: { severity: 'warning', cure: 'Give the menu keys in the model, or send calls elsewhere.' },
  MUSIC_MP3: {
    severity: 'warning',
    cure: 'Install asterisk-mp3, or convert the pieces in the model to wav: sox piece.mp3 -r 8000 -c 1 piece.wav',
  },
  AGENT_LOGIN_NOT_CARRIED: {
    severity: 'warning',
    cure: 'Add an extension with AgentLogin(NUMBER) to the dialplan, or make the agents members by their extensions in the model.',
  },
  CONFERENCE_WITHOUT_LEADER: { severity: 'warning', cure: 'Give the room a PIN for its leader, or let it not wait for him in the model.' },
  MAIL_RELAY_UNKNOWN: { severity: 'warning', cure: 'Name the relay in /etc/msmtprc and send a message through it before the cutover.' },
  LANGUAGE_NOT_INSTALLED: { severity: 'warning', cure: "Put the old box's sounds of the language into /usr/share/asterisk/sounds." },
  SPOKEN_NUMBERS_INCOMPLETE: {
    severity: 'warning',
    cure: "Copy the files from the old box's sounds of that language, /var/lib/asterisk/sounds, into /usr/share/asterisk/sounds.",
  },
  TRUNK_NOT_CARRIED: { severity: 'error', cure: 'Replace the trunk by a SIP trunk in the model, or take it out of the routes.' },
  ROUTE_WITHOUT_TRUNK: { severity: 'error', cure: 'Give the route a trunk in the model.' },
  TONE_ZONE_UNKNOWN: { severity: 'warning', cure: "Set settings.pbx.toneZone to a country of indications.conf, for example 'de'." },
  TRANSPORT_NOT_CARRIED: {
    severity: 'error',
    cure: 'Set the telephone or carrier to UDP or TCP, or add a transport with its certificate to pjsip.conf.',
  },
  CODEC_UNKNOWN: { severity: 'info', cure: 'Take the codec out of the model.' },
  CODEC_NOT_TRANSLATED: { severity: 'warning', cure: 'Allow alaw or ulaw for it in the model and on the telephone or at the carrier.' },
  TRUNKS_SHARE_ADDRESS: {
    severity: 'warning',
    cure: 'Let one trunk take the calls of that address, or tell the carrier to use another for the second.',
  },
  TEXT_CHANGED: { severity: 'info', cure: 'Correct the text in the model.' },
  OBJECT_UNWRITABLE: {
    severity: 'error',
    cure: 'Change the number, name or secret in the model: no configuration file of Asterisk can hold it.',
  },
  DIALPLAN_NOT_TRANSLATED: {
    severity: 'error',
    cure: 'The line stands as a comment where it was: write for Asterisk 22 what it is to do, or take it out of the model.',
  },
  DIALPLAN_APPROXIMATED: { severity: 'info', cure: 'Place a call that goes through the line, and correct it in the model where it fails.' },
  DIALPLAN_NAME_UNKNOWN: { severity: 'warning', cure: 'Name something that the new box has, or take the line out of the model.' },
  DIALPLAN_FOREIGN: {
    severity: 'error',
    cure: 'Dialplan in AEL or Lua is not translated: write what is needed of it for extensions.conf.',
  },
  DIALPLAN_TARGET_MISSING: { severity: 'error', cure: 'A call that is sent there is hung up: correct the target in the model.' },
  DIALPLAN_CALL_UNKNOWN: {
    severity: 'error',
    cure: 'Write the line with what Asterisk 22 has: `core show applications`, `core show functions`.',
  },
  NAME_TAKEN: { severity: 'error', cure: "Give the trunk's peer another name in the model." },
  CALL_WAY_DIFFERS: {
    severity: 'warning',
    cure: 'Place such a call before the cutover: by simulation the dialplan does something else than the model says there, and one of the two is wrong.',
  },
  CONTEXT_UNREACHED: { severity: 'warning', cure: 'Take the context out of the dialplan, or lead somebody there.' },
  AGI_SCRIPT: { severity: 'warning', cure: 'Run it on the new box once, and install what it needs.' },
  AGI_SCRIPT_OLD: { severity: 'error', cure: 'Change the script in agi-bin/ of the model, and run it on the new box before the cutover.' },
  AGI_SCRIPT_REFUSED: {
    severity: 'error',
    cure: 'Change the script in agi-bin/ of the model, or install what it asks for, and run it on the new box before the cutover.',
  },
  AGI_SCRIPT_MISSING: {
    severity: 'error',
    cure: 'Add it to var/lib/asterisk/agi-bin of the source and extract again, or take the line out of the model.',
  },
  DIALPLAN_LINE_BROKEN: {
    severity: 'warning',
    cure: 'Correct the line in custom-dialplan.yaml of the model, where it is to do something.',
  },
  DIALPLAN_GAP: { severity: 'warning', cure: 'Number the lines one after the other in the model, where the rest is to be done.' },
  DIALPLAN_HOLDS_SECRET: { severity: 'info', cure: 'Nothing; a password that scripts share is better kept in a file of their own.' },
  CUSTOM_FILE_IDLE: {
    severity: 'info',
    cure: 'Include it from extensions_custom.conf of the source and extract again, where it is needed.',
  },
  CUSTOM_NUMBER_UNUSED: { severity: 'info', cure: 'Nothing, where the number is not used any more.' },
  DIALPLAN_RUNS_PROGRAM: {
    severity: 'warning',
    cure: 'Take the program out of the model where nobody knows what it is for: whoever may change such a text runs what he likes on the PBX.',
  },
  DIALPLAN_VARIABLE_EMPTY: { severity: 'warning', cure: 'Set the variable in the line before, or do without it.' },
  OVERRIDE_NOT_ENTERED: {
    severity: 'warning',
    cure: 'See what it adds to the call, and put that into a hook (macro-dialout-trunk-predial-hook, macro-hangupcall-custom) in the model.',
  },
  HANGUP_AGI_GONE: {
    severity: 'info',
    cure: 'Where a script there is still needed, call it from [macro-hangupcall-custom], or let it read the call records of the database.',
  },
  HOOK_SHADOWED: { severity: 'warning', cure: "Take 'runs' out of the context in custom-dialplan.yaml where it is not to run." },
  HOOK_NOT_INCLUDED: {
    severity: 'warning',
    cure: "Name the context that it is to be part of under 'joins' in custom-dialplan.yaml where its calls are wanted.",
  },
  OWN_DIALPLAN_CHANGED: {
    severity: 'warning',
    cure: 'Put those lines into extensions_custom.conf (of [from-internal-custom], where they add numbers to the house) and extract again, or leave them behind.',
  },
  CONFIGURATION_IGNORED: {
    severity: 'warning',
    cure: 'Nothing, where calls are to be as they were; else write it into the model, where it was meant to count.',
  },
  CONFIGURATION_NOT_TRANSLATED: {
    severity: 'warning',
    cure: 'See whether anyone misses it; write for Asterisk 22 what it was to do in custom-configuration.yaml of the model.',
  },
  ODBC_DATABASE_UNKNOWN: {
    severity: 'error',
    cure: 'Describe the database in /etc/odbc.ini of the new box, under the name that res_odbc.conf gives, and try it: `odbc show`, `isql`.',
  },
  SERVICE_STAYS_BEHIND: { severity: 'warning', cure: 'Decide who does it before the old machine is switched off.' },
  SERVICE_REPLACED: { severity: 'info', cure: 'Set it up on the new box.' },
  CLIENT_CONNECTED: { severity: 'warning', cure: 'Ask who runs the program, and what it reads there.' },
  JOB_STAYS_BEHIND: {
    severity: 'warning',
    cure: 'See what it does (collected/crontab.txt), and move it to another machine where somebody needs it.',
  },
  PROGRAM_STAYS_BEHIND: { severity: 'info', cure: 'See what starts it, and move it where somebody needs it.' },
  DATABASE_NOT_CARRIED: { severity: 'info', cure: 'Ask who uses it; keep a dump where somebody does.' },
  SOUND_REPLACED: {
    severity: 'warning',
    cure: 'Listen to them; copy those that callers must go on hearing into /usr/share/asterisk/sounds of the new box.',
  },
  TELEPHONES_SEEN: { severity: 'info', cure: 'See that each model works with the new box: register one of each before the cutover.' },
  TIME_ZONE_DATA_OLD: {
    severity: 'warning',
    cure: 'Compare the clock of the old machine with a right one; look at hours in time conditions that were shifted to make up for it, and correct them in the model.',
  },
  TIME_ZONE_DISAGREES: { severity: 'warning', cure: 'Ask which one the people there live by, and name it with --time-zone.' },
  COLLECTED_INCOMPLETE: { severity: 'warning', cure: 'Run the collector again, or look for what is missing by hand.' },
  SECRET_MISSING: { severity: 'error', cure: 'Add the secret to secrets.yaml of the model.' },
} as const satisfies Record<string, { severity: Severity; cure: string }>;
export type FindingCode = keyof typeof FINDINGS;

/** Something that does not stop the work and that a person must know. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly about: Ref | null;
  /** file:line, or table and key. */
  readonly where: string | null;
  /** What it means for those who call. */
  readonly means: string;
  readonly hint: string;
}

export function finding(code: FindingCode, o: { about?: Ref; where?: string; means: string; hint?: string }): Finding {
  return {
    code,
    severity: FINDINGS[code].severity,
    about: o.about ?? null,
    where: o.where ?? null,
    means: o.means,
    hint: o.hint ?? FINDINGS[code].cure,
  };
}

/** findings.json, beside each stage's output. */
export const findingsFile = z.array(
  z.object({
    code: z.custom<FindingCode>((v) => typeof v === 'string' && v in FINDINGS, 'unknown finding code'),
    severity: z.enum(['error', 'warning', 'info']),
    about: z.custom<Ref | null>(),
    where: z.string().nullable(),
    means: z.string(),
    hint: z.string(),
  }),
);

/** Under --strict nothing is made of a source or model with a destination that leads nowhere. @throws MigrateError E_DESTINATION_MISSING */
export function refuseMissing(findings: readonly Finding[]): void {
  const broken = findings.filter((f) => f.code === 'DESTINATION_MISSING');
  const [first] = broken;
  if (first === undefined) return;
  const others = broken.length === 1 ? '' : ` (and ${broken.length - 1} more like it)`;
  throw new MigrateError({
    code: 'E_DESTINATION_MISSING',
    where: [first.where, first.about === null ? null : refText(first.about)].filter((part) => part !== null).join(', '),
    why: `${first.means.replace(/\.$/, '')}${others}`,
    hint: `${first.hint} Without --strict the work goes on, and findings.json lists them all.`,
  });
}

export function countFindings(findings: readonly Finding[]): Record<Severity, number> {
  const count = { error: 0, warning: 0, info: 0 };
  for (const f of findings) count[f.severity]++;
  return count;
}
