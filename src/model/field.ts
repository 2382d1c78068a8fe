import { z } from 'zod';

// On disk every scalar is text (YAML's failsafe schema: `0101` stays `0101`), so each non-text field is a codec.

/** A whole number on disk and in memory. */
export const whole = z.codec(z.string().regex(/^-?\d+$/, 'expected a whole number'), z.number().int(), {
  decode: (text) => Number(text),
  encode: (n) => String(n),
});

/** `yes` or `no` on disk, a boolean in memory. */
export const flag = z.codec(z.enum(['yes', 'no']), z.boolean(), {
  decode: (text) => text === 'yes',
  encode: (b) => (b ? 'yes' : 'no'),
});

/**
 * A field that may be left out on disk, where it then has `value`; one that equals `value` is not written.
 * That keeps the files short, so that what is special about an object is what one sees.
 */
export function or<S extends z.ZodType>(schema: S, value: null): Or<S, z.output<S> | null>;
export function or<S extends z.ZodType>(schema: S, value: z.output<S>): Or<S, z.output<S>>;
export function or<S extends z.ZodType>(schema: S, value: z.output<S> | null): Or<S, z.output<S> | null> {
  return z.codec(schema.optional(), z.custom<z.output<S> | null>(), {
    decode: (read) => (read === undefined ? structuredClone(value) : read) as z.output<S>,
    // zod encodes from the outside in: what is returned here is encoded by `schema` next
    encode: (held) => (same(held, value) ? undefined : held) as z.output<S> | undefined,
  }) as unknown as Or<S, z.output<S> | null>;
}

type Or<S extends z.ZodType, Held> = z.ZodCodec<z.ZodOptional<S>, z.ZodType<Held>>;

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** A text field that may be absent; null in memory. */
export const optionalText = or(z.string(), null);
/** A text field that is empty when absent. */
export const text = or(z.string(), '');
/** A whole number that may be absent; null in memory. */
export const optionalWhole = or(whole, null);
/** No when absent. */
export const off = or(flag, false);
/** Yes when absent. */
export const on = or(flag, true);
