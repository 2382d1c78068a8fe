import { type CustomStep, isStep } from '../../model/custom-dialplan.ts';
import type { Model } from '../../model/kinds.ts';
import { type Explanation, UNREACHABLE_PAGE } from './explanation.ts';

/** `$[${x} = 1]` */
const UNQUOTED = /\$\[[^"\]]*\$\{/;

function customSteps(model: Model): CustomStep[] {
  return Object.values(model['custom-dialplan']).flatMap((c) => c.lines.filter(isStep));
}

/** A mailbox that names no context is in `default`. */
function mailboxOf(text: string): string {
  return text.includes('@') ? text : `${text}@default`;
}

/** Some line of the site dials what depends on the call. */
function putsNamesTogether(model: Model): boolean {
  return Object.values(model['custom-dialplan']).some((c) =>
    c.lines.some((l) => 'application' in l && /^(?:retry)?dial$/i.test(l.application) && l.arguments.includes('${')),
  );
}

/** `switch => IAX2/user:password@host/context`: numbers that nobody here has are asked of another PBX. */
function asksOtherPbx(model: Model, host: string): boolean {
  const lines = Object.values(model['custom-dialplan']).flatMap((c) => c.lines.flatMap((l) => ('text' in l ? [l.text] : [])));
  return host !== '' && lines.some((text) => /^\s*[le]?switch\s*=>?\s*IAX2\//i.test(text) && text.includes(host));
}
const OTHER_PBX = 'a line of the site asks another PBX by IAX2 for the numbers that nobody here has, and the lab has no such PBX';

/** `${NAME` that nothing closes, in a line of the site or in a caller id that is set. */
function leavesOpen(model: Model): boolean {
  const set = Object.values(model['set-cid']).flatMap((c) => [c.callerName, c.callerNumber]);
  return [...customSteps(model).map((s) => s.arguments), ...set].some(
    (text) => text.split(/[$][{]/).length > text.split('}').length || text.split('$[').length > text.split(']').length,
  );
}

/** Lines of the log that hand-made dialplan brings about. */
export const BY_HAND: readonly Explanation[] = [
  {
    source: 'pbx_config.c',
    pattern: /^The use of '(_[.!])' for an extension is strongly discouraged/,
    because: 'the site wrote an extension that takes whatever is dialled, h and i and t too, and the old box said the same',
    when: (model, [, extension]) => customSteps(model).some((s) => s.extension === extension),
  },
  {
    source: 'ast_expr2.fl',
    pattern: /^(?:ast_yyerror\(\):\s+syntax error|If you have questions, please refer to)/,
    because: 'a variable without quotes around it was empty in an expression of the site: it is false or nothing, as it was',
    when: (model) => customSteps(model).some((s) => UNQUOTED.test(s.arguments)),
  },
  {
    source: 'app_voicemail.c',
    pattern: /No entry in voicemail config file for '([^']*)'$/,
    because: 'a line of the site sends callers to a mailbox that this box has not: as on the old box, they hear that it went wrong',
    when: (model, [, box = '']) => !(mailboxOf(box) in model.mailbox) && customSteps(model).some((s) => /^voicemail$/i.test(s.application)),
  },
  {
    source: 'chan_pjsip.c',
    pattern: /^Unable to create PJSIP channel - endpoint '(.*)' was not found$/,
    because: 'hand-made dialplan calls by a name that it puts together from what was dialled, and there is no such telephone',
    when: (model, [, name]) => putsNamesTogether(model) && !((name ?? '') in model.device),
  },
  {
    source: 'app_dial.c',
    pattern: /^Unable to create channel of type '\w+' \(cause \d+ - .*\)$/,
    because: 'hand-made dialplan calls by a name that it puts together from what was dialled, and there is no such telephone',
    when: putsNamesTogether,
  },
  {
    source: 'res_agi.c',
    pattern: /^Failed to execute '.*\/([^/']+)': File does not exist\.$/,
    because: 'hand-made dialplan runs a script that the source lacks; a finding says so',
    when: (model, [, name]) => Object.entries(model['agi-script']).some(([id, s]) => !s.carried && id.endsWith(name ?? '')),
  },
  {
    source: 'netsock2.c',
    pattern: /^getaddrinfo\("([^"]*)", .*Name or service not known$/,
    because: OTHER_PBX,
    when: (model, [, host = '']) => asksOtherPbx(model, host),
  },
  {
    source: 'acl.c',
    pattern: /^Unable to lookup '(.*)'$/,
    because: OTHER_PBX,
    when: (model, [, host = '']) => asksOtherPbx(model, host),
  },
  {
    source: 'chan_iax2.c',
    pattern: /^(?:No such host: |Unable to generate call for '.*@)([^@/']+)(?:\/.*)?$/,
    because: OTHER_PBX,
    when: (model, [, host = '']) => asksOtherPbx(model, host),
  },
  {
    source: 'chan_iax2.c',
    pattern: /^Unable to make DP cache$/,
    because: OTHER_PBX,
    when: (model) => asksOtherPbx(model, '/'),
  },
  {
    source: 'pbx_variables.c',
    pattern: /^Error in extension logic \(missing '[}\]]'\)$/,
    because:
      'a line of the site, or a caller id that is set, opens a variable and never closes it: it stays as it is written, as on the old box',
    when: leavesOpen,
  },
  {
    source: 'func_curl.c',
    pattern: UNREACHABLE_PAGE,
    because: 'a line of the site, or a dynamic route, asks a web server that is out of the reach of the lab',
    when: (model) =>
      customSteps(model).some((s) => /CURL\(/i.test(s.arguments)) || Object.values(model['dynamic-route']).some((r) => r.source === 'url'),
  },
];
