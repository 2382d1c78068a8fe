import { naturalOrder } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import type { Phone } from './callers.ts';
import { Codes, dials } from './codes.ts';
import { type Draft, defineScenarios, type PlanContext } from './define.ts';
import { scenarios } from './draft.ts';

/** Mailboxes: opened by their owners, and not with a wrong password; a message that was left waits there. */
export const voicemailScenarios = defineScenarios({
  kind: 'voicemail',
  plan: (context) => {
    const codes = new Codes(context);
    const owners = Object.keys(context.model.extension)
      .sort(naturalOrder)
      .flatMap((extension) => ownerOf(context, extension) ?? [])
      .sort((a, b) => Number(b.takesMessages) - Number(a.takesMessages));
    const found = owners.slice(0, MOST).flatMap((owner) => drafts(context, codes, owner));
    return scenarios(context, 'voicemail', found);
  },
});

/** They all work alike: what differs between mailboxes the static checks ask for. */
const MOST = 2;
/** Long enough to be kept as a message, whatever voicemail.conf says. */
const MESSAGE_MS = 8000;

interface Owner {
  readonly phone: Phone;
  readonly mailbox: string;
  readonly pin: string;
  /** Calls to the extension end here. */
  readonly takesMessages: boolean;
}

function ownerOf(context: PlanContext, extension: string): Owner | null {
  const own = context.model.extension[extension]?.voicemail ?? null;
  const mailbox = own ?? [extension, `${extension}@default`].find((id) => id in context.model.mailbox) ?? null;
  const phone = context.everyPhone.find((p) => p.extension === extension);
  const pin = context.model.secrets[`mailbox/${mailbox}/pin`] ?? '';
  return mailbox === null || phone === undefined || pin === '' ? null : { phone, mailbox, pin, takesMessages: own !== null };
}

function drafts(context: PlanContext, codes: Codes, { phone, mailbox, pin, takesMessages }: Owner): Draft[] {
  const id = 'voicemail/myvoicemail';
  const code = codes.code(id);
  if (code === null) return [];
  const about = [ref('mailbox', mailbox), ref('feature-code', id)];
  const call = (what: string, keys: readonly string[], o: Partial<Draft> = {}): Draft => ({
    id: `voicemail/${mailbox}/${what}`,
    about,
    dial: code,
    from: { inside: [phone] },
    does: () => 'ignore',
    keys,
    owns: [ref('mailbox', mailbox)],
    ...o,
  });
  const wrong = pin === '0000' ? '1111#' : '0000#';
  // other calls may leave messages meanwhile, so how many there are is open
  // where the extension has voicemail switched off, its telephone is asked for a mailbox as any other
  const login = takesMessages ? [] : [`${mailbox.split('@')[0]}#`];
  const list = [
    call('opened', [...login, `${pin}#`], { goes: { hearing: 'vm-youhave' } }),
    call('wrong-pin', [...login, wrong, ...login, wrong, ...login, wrong]),
  ];
  const straight = codes.code('voicemail/directdialvoicemail');
  const others = context.phones.filter((p) => p.extension !== phone.extension);
  if (takesMessages && straight !== null && others.length > 0) {
    const leaves = dials(others[0] as Phone, `${straight}${phone.extension}`, { talkMs: MESSAGE_MS });
    list.push(
      call('message-left-and-found', [`${pin}#`], {
        earlier: [leaves],
        given: { messages: { [mailbox]: 1 } },
        goes: { hearing: 'vm-INBOX' },
        // other calls may have left some before
        anyPrompt: ['digits/1'],
      }),
    );
  }
  return list;
}
