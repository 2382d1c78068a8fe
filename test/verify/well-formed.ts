const ENTITY = /&(?:amp|lt|gt|quot|apos|#x[0-9A-Fa-f]+|#[0-9]+);/g;
const TAG = /^<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/;

/** The tags of an XML text in order, each with its nesting checked. @throws Error where it is not well-formed. */
export function tagsOf(xml: string): string[] {
  const tags: string[] = [];
  const open: string[] = [];
  let rest = xml.replace(/^<\?xml[^?]*\?>\s*|^<!doctype html>\s*/, '');
  while (rest !== '') {
    const text = /^[^<]*/.exec(rest)?.[0] ?? '';
    checkText(text);
    rest = rest.slice(text.length);
    if (rest === '') break;
    const [whole, closing, name, attributes, empty] = TAG.exec(rest) ?? [];
    if (whole === undefined || name === undefined) throw new Error(`no tag: ${rest.slice(0, 80)}`);
    checkText(attributes ?? '');
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes what is not open`);
    } else if (empty !== '/') open.push(name);
    tags.push(`${closing}${name}`);
    rest = rest.slice(whole.length);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(' ')}`);
  return tags;
}

function checkText(text: string): void {
  if (text.replaceAll(ENTITY, '').includes('&')) throw new Error(`a bare &: ${text.slice(0, 80)}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) throw new Error('a control character');
}
