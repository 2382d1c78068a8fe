/** A leg in a line: 'device/101 101 "Ann" <102>'. */
export function whoOf(l: { to: { kind: string; id: string }; dialled: string; shown: { number: string; name: string } }): string {
  // signs that a line of the dialplan cannot hold are left out of a name
  return `${l.to.kind}/${l.to.id} ${l.dialled} "${l.shown.name.replaceAll(/[^\p{L}\p{N}:]/gu, '')}" <${l.shown.number}>`;
}
