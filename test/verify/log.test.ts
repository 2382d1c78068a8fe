import { describe, expect, it } from 'vitest';
import { parseLogLine } from '../../src/verify/static/log.ts';
import { aModel } from '../model/a-model.ts';

const clinic = aModel({ settings: { toneZone: 'ru' }, trunk: { '3': { technology: 'iax2', name: 'Branch', peer: 'branch' } } });
const shop = aModel({ settings: { toneZone: 'de' } });
const line = (text: string): string => `[2026-11-24 18:42:39.120] ${text}`;

describe("lines of Asterisk's log", () => {
  it('are read from the file and from the console alike', () => {
    const expected = { level: 'WARNING', source: 'pbx.c', text: 'No such label' };
    expect(parseLogLine(line('WARNING[12][C-0000001a] pbx.c: No such label'), clinic)).toMatchObject(expected);
    expect(
      parseLogLine(
        line(
          '\u001b[1;31mWARNING\u001b[0m[12][C-0000001a]: \u001b[1;37mpbx.c\u001b[0m:\u001b[1;37m12\u001b[0m \u001b[1;37mast_x\u001b[0m: No such label\r',
        ),
        clinic,
      ),
    ).toMatchObject(expected);
  });

  it('that are no complaint are left out', () => {
    expect(parseLogLine(line('VERBOSE[12] pbx.c: Executing'), clinic)).toBeNull();
    expect(parseLogLine('Asterisk Ready.', clinic)).toBeNull();
  });

  it('are explained by what the model holds, and by nothing else', () => {
    const away = line("NOTICE[9] chan_iax2.c: Peer 'branch' is now UNREACHABLE! Time: 0");
    expect(parseLogLine(away, clinic)?.because).toContain('IAX2');
    expect(parseLogLine(away, shop)?.because).toBeNull();
    const tones = line('NOTICE[9] indications.c: Default country for indication tones: ru');
    expect(parseLogLine(tones, clinic)?.because).toContain('country');
    expect(parseLogLine(tones, shop)?.because).toBeNull();
  });

  it('tell of a database only where functions of the site ask it', () => {
    const read = line("NOTICE[9] res_odbc.c: Registered ODBC class 'crm' dsn->[crm-dsn]");
    const site = aModel({ 'custom-configuration': { 'res_odbc.conf/crm': { options: [] } } });
    expect(parseLogLine(read, site)?.because).toContain('functions');
    expect(parseLogLine(read, shop)?.because).toBeNull();
  });

  it('are there for an extension that takes everything only where the site wrote one', () => {
    const all = line("WARNING[9] pbx_config.c: The use of '_.' for an extension is strongly discouraged and can have unexpected behavior.");
    const step = { at: 'extensions_custom.conf:2', extension: '_.', priority: '1', application: 'Hangup' };
    const site = aModel({ 'custom-dialplan': { x: { lines: [step] } } });
    expect(parseLogLine(all, site)?.because).toContain('whatever is dialled');
    expect(parseLogLine(all, shop)?.because).toBeNull();
  });

  it('are there for a mailbox that is not there only where a line of the site may name it', () => {
    const none = line("WARNING[9] app_voicemail.c:  PJSIP/101-00000001: Exten: 177: No entry in voicemail config file for '177'");
    const step = {
      at: 'extensions_custom.conf:2',
      extension: '_77XX',
      priority: '1',
      application: 'Voicemail',
      arguments: '1${EXTEN:2},u',
    };
    const site = (o: object) => aModel({ ...o, 'custom-dialplan': { x: { lines: [step] } } });
    expect(parseLogLine(none, site({}))?.because).toContain('mailbox');
    expect(parseLogLine(none, site({ mailbox: { '177@default': {} } }))?.because).toBeNull();
    expect(parseLogLine(none, shop)?.because).toBeNull();
  });

  it('are there for agents who are joined late only where a queue waits', () => {
    const delays = line('NOTICE[9] app_queue.c: Delaying member connect for 7 seconds');
    const queue = { name: 'Q', strategy: 'ringall', memberDelaySeconds: '7' };
    expect(parseLogLine(delays, aModel({ queue: { 400: queue } }))?.because).toContain('queue');
    expect(parseLogLine(delays, shop)?.because).toBeNull();
  });

  it('are there for an empty comparison only where the site wrote one without quotes', () => {
    const broken = line(
      "WARNING[52][C-00000001] ast_expr2.fl: ast_yyerror():  syntax error: syntax error, unexpected '=', expecting $end; Input:",
    );
    const site = (args: string) =>
      aModel({
        'custom-dialplan': { x: { lines: [{ at: 'e.conf:2', extension: '1', priority: '1', application: 'GotoIf', arguments: args }] } },
      });
    expect(parseLogLine(broken, site('$[${X} = 1]?2'))?.because).toContain('empty');
    expect(parseLogLine(broken, site('$["${X}" = "1"]?2'))?.because).toBeNull();
  });

  it('are there for a registration only where the PBX has one', () => {
    const kept = line(
      "NOTICE[61] res_pjsip/config_transport.c: Transport 'transport-udp' is not fully reloadable, not reloading: protocol, bind",
    );
    const registers = aModel({
      trunk: { 1: { technology: 'sip', name: 'M', peer: 'm', host: 'h.example', registrations: [{ host: 'h.example', user: 'acc' }] } },
    });
    expect(parseLogLine(kept, registers)?.because).toContain('cutover');
    expect(parseLogLine(kept, shop)?.because).toBeNull();
  });

  it('are there for an extension that rings a place in the dialplan where nobody has the number', () => {
    const nobody = line('NOTICE[9] core_local.c: No such extension/context 600111@outbound-allroutes while calling Local channel');
    const rings = (dial: string) => aModel({ device: { 190: { technology: 'custom', extension: '190', dial } } });
    expect(parseLogLine(nobody, rings('Local/600111@outbound-allroutes'))?.because).toContain('nobody has that number');
    expect(parseLogLine(nobody, rings('Local/600112@outbound-allroutes'))?.because).toBeNull();
  });

  it('are there for a flood of states only in a large house', () => {
    const flood = line(
      "WARNING[9] taskprocessor.c: Taskprocessor 'stasis/m:devicestate:all-00000009' queue reached 500 scheduled tasks (high water mark: 500).",
    );
    const house = (size: number) =>
      aModel({ device: Object.fromEntries(Array.from({ length: size }, (_, i) => [`${1000 + i}`, { technology: 'sip' }])) });
    expect(parseLogLine(flood, house(320))?.because).toContain('same moment');
    expect(parseLogLine(flood, house(40))?.because).toBeNull();
  });

  it('are there for a prompt that nobody hears any more only within the dialplan', () => {
    expect(parseLogLine(line("WARNING[9] channel.c: Prodding channel 'Local/101@from-queue-0000001b;2' failed"), shop)?.because).toContain(
      'gone',
    );
    expect(parseLogLine(line("WARNING[9] channel.c: Prodding channel 'PJSIP/101-0000001b' failed"), shop)?.because).toBeNull();
  });

  it('are there for the file of call records', () => {
    for (const said of ['cdr_custom.conf->spool.csv: Logging legacy CDR records', 'cdr_custom.conf: Loaded 1 configs'])
      expect(parseLogLine(line(`NOTICE[8] cdrel_custom/config.c: ${said}`), clinic)?.because).toContain('call records');
    expect(parseLogLine(line('NOTICE[8] cdrel_custom/config.c: cdr_custom.conf: Loaded 0 configs'), clinic)?.because).toBeNull();
  });

  it('are there for another PBX that numbers are asked of only where a line of the site asks it, and no password is told', () => {
    const lines = [{ at: 'e.conf:3', text: 'switch => IAX2/me:%secret1%@branch/from-internal' }];
    const site = { ...aModel({ 'custom-dialplan': { x: { lines } } }), secrets: { 'custom-dialplan/x/1': 'pw' } };
    const said = [
      'ERROR[9] netsock2.c: getaddrinfo("branch", "(null)", ...): Name or service not known',
      "WARNING[9] acl.c: Unable to lookup 'branch'",
      'WARNING[9] chan_iax2.c: No such host: branch',
      "WARNING[9] chan_iax2.c: Unable to generate call for 'me:pw@branch/from-internal'",
      'WARNING[9] chan_iax2.c: Unable to make DP cache',
    ];
    for (const text of said) {
      expect(parseLogLine(line(text), site)?.because).toContain('another PBX');
      expect(parseLogLine(line(text), shop)?.because).toBeNull();
    }
    expect(parseLogLine(line(said[3] ?? ''), site)?.text).toContain("'me:****@branch");
    expect(parseLogLine(line("WARNING[9] acl.c: Unable to lookup 'carrier'"), site)?.because).toBeNull();
  });

  it('are there for a codec that is only passed on where somebody speaks by it', () => {
    const none = line('WARNING[9] channel.c: Unable to find a codec translation path: (alaw) -> (g729)');
    const phone = (codecs: string[]) => aModel({ device: { 101: { technology: 'sip', codecs } } });
    expect(parseLogLine(none, phone(['g729']))?.because).toContain('passes on');
    expect(parseLogLine(none, phone(['alaw']))?.because).toBeNull();
    const missing = line('WARNING[9] channel.c: Unable to find a codec translation path: (alaw) -> (ulaw)');
    expect(parseLogLine(missing, phone(['alaw', 'ulaw']))?.because).toBeNull();
  });

  it('are there for a forward to what is no number, a code that nobody can key, a variable that is never closed', () => {
    const forwarded = line(
      'NOTICE[9] core_local.c: No such extension/context Local/201@from-internal@from-internal while calling Local channel',
    );
    const state = (forwardBusy: string) => aModel({ extension: { 212: { name: 'A', devices: [], state: { forwardBusy } } } });
    expect(parseLogLine(forwarded, state('Local/201@from-internal'))?.because).toContain('forwarded');
    expect(parseLogLine(forwarded, state('201'))?.because).toBeNull();
    const refused = line(
      "NOTICE[9] res_pjsip_session.c:  214: Call (UDP:198.19.77.128:5060) to extension '*8X217' rejected because extension not found in context 'from-internal'.",
    );
    const code = (text: string) =>
      aModel({ 'feature-code': { 'paging/intercom-prefix': { description: '', code: text, enabled: 'yes' } } });
    expect(parseLogLine(refused, code('*8X'))?.because).toContain('letter');
    expect(parseLogLine(refused, code('*80'))?.because).toBeNull();
    const open = line("WARNING[9] pbx_variables.c: Error in extension logic (missing '}')");
    const step = (args: string) =>
      aModel({ 'custom-dialplan': { x: { lines: [{ at: 'e:1', extension: '1', priority: '1', application: 'Set', arguments: args }] } } });
    expect(parseLogLine(open, step('x=${y'))?.because).toContain('never closes');
    expect(parseLogLine(open, step('x=${y}'))?.because).toBeNull();
  });

  it('of another source with the same words are not explained', () => {
    expect(parseLogLine(line('NOTICE[9] app_x.c: 123 modules will be loaded.'), clinic)?.because).toBeNull();
    expect(parseLogLine(line('NOTICE[9] loader.c: 123 modules will be loaded.'), clinic)?.because).not.toBeNull();
  });
});
