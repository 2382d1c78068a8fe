/** Sound files that a dialplan plays, without extension, in alphabetical order. */
export function playedSounds(dialplan: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of dialplan) {
    for (const [, files = ''] of text.matchAll(/\b(?:Playback|Background|BackGround)\(([^,)$]+)/g))
      for (const file of files.split('&')) found.add(file);
    for (const [, files = ''] of text.matchAll(/\bRead\(\w+,([^,)$]+)/g)) for (const file of files.split('&')) found.add(file);
    // [confirm] plays what a group has put into a variable, else its own
    for (const [, files = ''] of text.matchAll(/_PROMPT(?:=|}" = ""\]\?)([^,:)$]+)/g)) for (const file of files.split('&')) found.add(file);
    for (const [, file = ''] of text.matchAll(/\bQueue\([^,]*,[^,]*,,([^,)$]+)/g)) found.add(file);
    for (const [, file = ''] of text.matchAll(/\bgroup-announcement,[^(]*\(([^)$]+)\)/g)) found.add(file);
  }
  return [...found].sort();
}
