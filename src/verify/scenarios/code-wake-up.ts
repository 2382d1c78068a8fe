import { isOperator, isWoken, WAKE_UP_CODE } from '../../model/wake-up.ts';
import { type Codes, dials } from './codes.ts';
import type { Draft } from './define.ts';

/** A wake-up call is ordered, ordered for another time, and taken back: none is left to ring while other calls are placed. */
export function wakeUpCodes(codes: Codes): readonly Draft[] {
  const { model, phones } = codes.context;
  const code = codes.code(WAKE_UP_CODE);
  const own = codes.pair()?.own;
  if (code === null || own === undefined || !isWoken(model, own.extension) || isOperator(model, own.extension)) return [];
  const operator = phones.find((p) => isOperator(model, p.extension));
  const orders = (what: string, keys: readonly string[], o: Partial<Draft> = {}): Draft =>
    codes.uses(WAKE_UP_CODE, what, own, { keys, ...o });
  const cancel = dials(own, code, { keys: ['2'] });
  const earlier = [dials(own, code, { keys: ['0345', '1'] })];
  return [
    orders('ordered', ['345#', '2'], { after: [cancel] }),
    orders('cancelled', ['2'], { earlier }),
    orders('ordered-anew', ['1', '1410'], { earlier, after: [cancel] }),
    orders('no-time', ['2460', '99#']),
    ...(operator === undefined
      ? []
      : [
          codes.uses(WAKE_UP_CODE, 'ordered-for-another', operator, {
            keys: [`${own.extension}#`, '1410'],
            after: [dials(operator, code, { keys: [`${own.extension}#`, '2'] })],
          }),
          codes.uses(WAKE_UP_CODE, 'ordered-for-nobody', operator, { keys: ['#'] }),
        ]),
  ];
}
