/** A number as SayNumber() says it in English, by sound file (ast_say_number_full_en): 121 is one, hundred, twenty, one. Up to 999,999. */
export function saidNumber(n: number): string[] {
  if (n >= 1000) return [...saidNumber(Math.floor(n / 1000)), 'digits/thousand', ...rest(n % 1000)];
  if (n >= 100) return [`digits/${Math.floor(n / 100)}`, 'digits/hundred', ...rest(n % 100)];
  if (n <= 20 || n % 10 === 0) return [`digits/${n}`];
  return [`digits/${n - (n % 10)}`, `digits/${n % 10}`];
}

function rest(n: number): string[] {
  return n === 0 ? [] : saidNumber(n);
}
