import { z } from 'zod';

/** A short number for everybody. It lives on in AstDB as sysspeeddials/<id>. */
export const speedDial = z.strictObject({ number: z.string() });
export type SpeedDial = z.output<typeof speedDial>;
