import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { emptyModel, type Model, modelKinds } from '../../src/model/kinds.ts';
import { sha256 } from '../../src/model/output-folder.ts';
import { modelFiles } from '../../src/model/store.ts';
import { WORLD_FIXED_FILES } from '../../src/verify/lab/world-files.ts';

/** Three telephones and a carrier on SIP, a telephone and a carrier on IAX2. */
export function smallModel(): Model {
  const phone = (id: string, name: string) => ({
    extension: modelKinds.extension.decode({ name, devices: [id] }),
    device: modelKinds.device.decode({ technology: 'sip', extension: id, description: name }),
  });
  const a = phone('101', 'Smith & Sons; Lab #2');
  const b = phone('102', 'Dr. "Bones" McCoy');
  const c = phone('103', 'Nurse');
  return {
    ...emptyModel(),
    settings: { pbx: modelKinds.settings.decode({ timeZone: 'Europe/Moscow' }) },
    extension: {
      '101': a.extension,
      '102': b.extension,
      '103': c.extension,
      '130': modelKinds.extension.decode({ name: 'Night duty', devices: ['130'] }),
    },
    device: {
      '101': a.device,
      '102': b.device,
      '103': c.device,
      '130': modelKinds.device.decode({ technology: 'iax2', extension: '130' }),
    },
    mailbox: { '102@default': modelKinds.mailbox.decode({ name: 'McCoy', email: 'bones@clinic.example' }) },
    trunk: {
      '1': modelKinds.trunk.decode({
        technology: 'sip',
        name: 'Carrier',
        peer: 'carrier',
        host: 'sip.carrier.example',
        username: 'acc',
        qualifySeconds: '60',
        addresses: ['203.0.113.9'],
        registrations: [{ host: 'sip.carrier.example', user: 'acc', contactUser: '74951234567' }],
      }),
      '3': modelKinds.trunk.decode({
        technology: 'sip',
        name: 'The same carrier, another account',
        peer: 'second-account',
        host: 'sip.carrier.example',
        username: 'acc2',
      }),
      '2': modelKinds.trunk.decode({
        technology: 'iax2',
        name: 'Branch',
        peer: 'branch',
        host: '192.0.2.77',
        username: 'clinic',
        inboundUser: 'branch-in',
      }),
    },
    secrets: {
      'device/101/sip': 'p;w#1=a\\b',
      'device/102/sip': 'quo"te,com ma%&',
      'device/103/sip': 'plain3',
      'trunk/1/outbound': 'Tr;unk#1',
      'trunk/1/registration/0': 'Reg;1',
      'trunk/3/outbound': 'another',
      'device/130/iax2': 'one;other#1',
      'trunk/2/outbound': 'out,w',
      'trunk/2/inbound': 'in"w',
    },
  };
}

const conf = (text: string) => text.replaceAll(';', '\\;');

/** A PBX written by hand, small enough to know what each call must do: the lab is tried on it, not the render stage. */
function smallTree(model: Model): Record<string, string> {
  const phones = Object.keys(model.device)
    .filter((id) => model.device[id]?.technology === 'sip')
    .map(
      (id) => `[${id}](phone)
inbound_auth/username = ${id}
inbound_auth/password = ${conf(model.secrets[`device/${id}/sip`] ?? '')}
endpoint/callerid = "${conf((model.extension[id]?.name ?? '').replaceAll('"', '\\"'))}" <${id}>
`,
    );
  return {
    'pjsip.conf':
      '[global]\ntype = global\nendpoint_identifier_order = ip,username\n[udp]\ntype = transport\nprotocol = udp\nbind = 0.0.0.0\n[carrier-second]\ntype = identify\nendpoint = carrier\nmatch = 203.0.113.9\n',
    'pjsip_wizard.conf': `[phone](!)
type = wizard
accepts_registrations = yes
accepts_auth = yes
aor/max_contacts = 1
aor/remove_existing = yes
endpoint/allow = !all,alaw,ulaw
endpoint/context = from-internal

${phones.join('\n')}
[carrier]
type = wizard
sends_auth = yes
remote_hosts = sip.carrier.example
outbound_auth/username = acc
outbound_auth/password = ${conf(model.secrets['trunk/1/outbound'] ?? '')}
endpoint/allow = !all,alaw,ulaw
endpoint/context = from-trunk

[second-account]
type = wizard
sends_auth = yes
remote_hosts = sip.carrier.example
outbound_auth/username = acc2
outbound_auth/password = another
endpoint/allow = !all,alaw,ulaw
endpoint/context = from-trunk
`,
    // as rendered: it is there, and not included
    'pjsip_registration.conf': `[carrier-registration]
type = registration
line = yes
endpoint = carrier
server_uri = sip:sip.carrier.example
client_uri = sip:acc@sip.carrier.example
contact_user = 74951234567
outbound_auth = carrier-registration-auth
retry_interval = 30

[carrier-registration-auth]
type = auth
auth_type = digest
username = acc
password = ${conf(model.secrets['trunk/1/registration/0'] ?? '')}
`,
    'extensions.conf': `[from-internal]
exten = _1XX,1,NoOp(a step)
 same = n,Dial(PJSIP/\${EXTEN},2)
 same = n,GotoIf($["\${DIALSTATUS}" = "BUSY"]?busy)
 same = n,Playback(vm-goodbye)
 same = n,Hangup()
 same = n(busy),Busy(5)
exten = _9X.,1,Dial(PJSIP/\${EXTEN:1}@carrier)
exten = _7XXXX.,1,Dial(PJSIP/\${EXTEN:1}@second-account)
exten = _13X,1,Dial(IAX2/\${EXTEN},5)
 same = n,Hangup()
exten = _8X.,1,Dial(IAX2/branch/\${EXTEN:1},5)
; a telephone without call waiting, by its last two digits
exten = _2XX,1,GotoIf($["\${DEVICE_STATE(PJSIP/1\${EXTEN:1})}" = "INUSE"]?busy)
 same = n,Dial(PJSIP/1\${EXTEN:1},5)
 same = n,Hangup()
 same = n(busy),Busy(5)
; its mailbox
exten = _3XX,1,VoiceMail(1\${EXTEN:1}@default,u)
 same = n,Hangup()
exten = *97,1,VoiceMailMain(\${CALLERID(num)}@default,s)
 same = n,Hangup()
; who is called says 1 first
exten = _4XX,1,Dial(PJSIP/1\${EXTEN:1},15,U(confirm))
 same = n,Hangup()
; who is called may send the call on
exten = _5XX,1,Dial(PJSIP/1\${EXTEN:1},15,t)
 same = n,Hangup()
exten = 500,1,Answer()
 same = n,Read(got,beep,2,,1,10)
 same = n,Set(CDR(recordingfile)=\${DB(CF/101)})
 same = n,Hangup(18)
exten = 600,1,GotoIfTime(09:00-18:00,mon-fri,*,*?open)
 same = n,Playback(vm-goodbye)
 same = n,Hangup()
 same = n(open),Playback(hello-world)
 same = n,Hangup()
; the hours again, by way of another channel
exten = 610,1,Dial(Local/620@from-internal)
 same = n,Hangup()
exten = 620,1,GotoIfTime(09:00-18:00,mon-fri,*,*?open)
 same = n,Hangup()
 same = n(open),Dial(PJSIP/103,1)
 same = n,Hangup()
; asked twice by the same prompt
exten = 601,1,Answer()
 same = n,Read(a,beep,1,,1,10)
 same = n,Wait(0.5)
 same = n,Read(b,beep,1,,1,10)
 same = n,Set(CDR(recordingfile)=\${a}\${b})
 same = n,Hangup()
; a forward, switched by a code
exten = _*72XXX,1,Answer()
 same = n,Set(DB(CF/\${CALLERID(num)})=\${EXTEN:3})
 same = n,Hangup()
exten = 602,1,Dial(PJSIP/\${DB(CF/101)},5)
 same = n,Hangup()
exten = 700,1,Park()
exten = _70[1-9],1,ParkedCall(default,\${EXTEN})

[confirm]
exten = s,1,Read(ok,hello-world,1,,1,5)
 same = n,GotoIf($["\${ok}" = "1"]?yes)
 same = n,Set(GOSUB_RESULT=ABORT)
 same = n(yes),Return()

[from-trunk]
exten = 7600,1,Set(CDR(did)=\${EXTEN})
 same = n,GotoIfTime(09:00-18:00,mon-fri,*,*?open)
 same = n,Playback(vm-goodbye)
 same = n,Hangup()
 same = n(open),Playback(hello-world)
 same = n,Hangup()
exten = 74951234567,1,Set(CDR(did)=\${EXTEN})
 same = n,Dial(PJSIP/101&PJSIP/102,10,m(default))
`,
    'iax.conf': `[general]
disallow = all
allow = alaw
[130]
type = friend
host = dynamic
auth = md5
secret = ${conf(model.secrets['device/130/iax2'] ?? '')}
context = from-internal
callerid = "Night duty" <130>
[branch]
type = peer
host = 192.0.2.77
username = clinic
auth = md5
secret = ${conf(model.secrets['trunk/2/outbound'] ?? '')}
trunk = yes
[branch-in]
type = user
auth = md5
secret = ${conf(model.secrets['trunk/2/inbound'] ?? '')}
context = from-trunk
`,
    'iaxprov.conf': '; none\n',
    'cdr.conf': '[general]\nenable = yes\nunanswered = yes\nbatch = yes\n',
    'cdr_adaptive_odbc.conf': '[cdr]\nconnection = cdr\ntable = cdr\nalias start => calldate\n',
    'res_odbc.conf': '[cdr]\nenabled => yes\ndsn => cdr\nusername => asterisk\npassword => p\\;w#d\npre-connect => yes\n',
    'voicemail.conf':
      '[general]\nformat = wav\nminsecs = 1\nmailcmd = /bin/sh /etc/migrate/mail.sh\nattach = yes\n[default]\n101 => 1234,Smith\n102 => 1234,McCoy,bones@clinic.example\n',
    'features.conf': '[general]\n[featuremap]\nblindxfer = ##\n',
    'res_parking.conf':
      '[general]\n[default]\nparkext = 700\nparkpos = 701-709\ncontext = parkedcalls\nparkingtime = 60\nfindslot = first\n',
    'manager.conf': '[general]\nenabled = yes\nbindaddr = 127.0.0.1\n',
    'musiconhold.conf': '[default]\nmode = files\ndirectory = moh\n',
  };
}

const MORE_MODULES = [
  'res_odbc',
  'res_odbc_transaction',
  'cdr_adaptive_odbc',
  'res_musiconhold',
  'res_sorcery_memory_cache',
  'res_pjsip_config_wizard',
  'res_pjsip_endpoint_identifier_anonymous',
  'codec_gsm',
  'format_gsm',
  'app_read',
  'chan_iax2',
  'app_voicemail',
  'res_parking',
  'bridge_holding',
  'bridge_builtin_features',
  'func_devstate',
  'app_cdr',
  'func_cdr',
  'func_db',
  'bridge_native_rtp',
  'res_manager_devicestate',
];

/** Writes a build folder as render would. */
export async function writeSmallBuild(dir: string, model: Model): Promise<void> {
  const modules = `${WORLD_FIXED_FILES['modules.conf']}${MORE_MODULES.map((m) => `load = ${m}.so\n`).join('')}`;
  const etc = { ...WORLD_FIXED_FILES, 'modules.conf': modules, ...smallTree(model) };
  const files = Object.entries({
    ...Object.fromEntries(Object.entries(etc).map(([name, text]) => [`etc/asterisk/${name}`, text])),
    'etc/msmtprc': 'account relay\nhost localhost\nport 25\nfrom pbx@clinic.example\naccount default : relay\n',
    'etc/odbc.ini':
      '[cdr]\nDriver = MariaDB Unicode\nSERVER = 127.0.0.1\nPORT = 3306\nDATABASE = asteriskcdrdb\nINITSTMT = SET SESSION sql_mode=""\n',
  });
  for (const [path, text] of files) await write(join(dir, path), text);
  for (const file of modelFiles(model)) await write(join(dir, '.model', file.path), file.content);
  const listed = files.map(([path, text]) => ({
    path,
    sha256: sha256(text),
    mode: path.startsWith('etc/asterisk/') ? '0640' : '0644',
    secret: false,
    from: [],
  }));
  await write(join(dir, 'manifest.json'), JSON.stringify({ schema: 1, modelSha256: '0', sounds: [], files: listed }));
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
