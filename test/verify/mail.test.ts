import { describe, expect, it } from 'vitest';
import { mailMismatches } from '../../src/verify/calls/mail.ts';
import { parseMail } from '../../src/verify/lab/mail.ts';
import { aModel } from '../model/a-model.ts';

const model = aModel({
  mailbox: { '106@default': { email: 'a@b.example' }, '107@default': { email: 'c@d.example', attach: 'no' }, '108@default': {} },
});
const sent = (to: string, attached: boolean) =>
  parseMail(
    `from <pbx@x.example>\nto <${to}>\n\nSubject: x\n\n${attached ? 'Content-Disposition: attachment; filename="msg.wav"\n' : 'text\n'}`,
  );

describe('mail with a message that was left', () => {
  it('comes to the owner, with the recording or without as the mailbox says', () => {
    const mails = [sent('a@b.example', true), sent('c@d.example', false)];
    expect(mailMismatches(model, ['106@default', '107@default', '108@default'], mails)).toEqual([]);
  });

  it('is missed where none came, and where the recording is not as it should be', () => {
    expect(mailMismatches(model, ['106@default'], [sent('c@d.example', true)]).map((m) => m.what)).toEqual(['mail']);
    expect(mailMismatches(model, ['106@default'], [sent('a@b.example', false)]).map((m) => m.what)).toEqual(['recording in the mail']);
    expect(mailMismatches(model, ['107@default'], [sent('c@d.example', true)]).map((m) => m.what)).toEqual(['recording in the mail']);
  });

  it('goes to each of several addresses', () => {
    const several = aModel({ mailbox: { '106@default': { email: 'a@b.example|c@d.example' } } });
    const first = [sent('a@b.example', true)];
    expect(mailMismatches(several, ['106@default'], [...first, sent('c@d.example', true)])).toEqual([]);
    expect(mailMismatches(several, ['106@default'], first).map((m) => m.expected)).toEqual(['each message to c@d.example']);
  });

  it('has an envelope and a text', () => {
    expect(sent('a@b.example', false)).toEqual({ to: ['a@b.example'], from: 'pbx@x.example', text: 'Subject: x\n\ntext\n' });
  });
});
