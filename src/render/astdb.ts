import { astdbFile as fileOf, type AstdbRow as Row } from '../asterisk/astdb-file.ts';
import type { Model } from '../model/kinds.ts';
import { type Ref, ref } from '../model/ref.ts';
import { codeOf } from './code.ts';
import { followed } from './follow-me.ts';
import { idsOf } from './place.ts';
import { queueRows } from './queue-member.ts';

export interface AstdbRow extends Row {
  /** The object whose state it is. */
  readonly from: Ref;
}

/** A row, or none where there is no value. */
type Maybe = { key: string; value: string | null; from: Ref };

/**
 * State that users switch by telephone, under the keys that Elastix and its scripts know: CF/101, CFB/101, CFU/101, CW/101, DND/101, AMPUSER/101/followme/ddial,
 * AMPUSER/101/pinless, AMPUSER/101/speeddials/1, sysspeeddials/1, blacklist/NUMBER, cidname/NUMBER, DAYNIGHT/C0, TC/1, and what the lamps of telephones show of it (CustomDevstate, func_devstate's own). In order of the keys.
 */
export function astdbRows(model: Model): AstdbRow[] {
  return [
    ...extensionRows(model),
    ...followMeRows(model),
    ...callFlowRows(model),
    ...timeConditionRows(model),
    ...queueRows(model),
    ...listRows(model),
    ...customRows(model),
  ]
    .filter((r): r is AstdbRow => r.value !== null && r.value !== '')
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function extensionRows(model: Model): Maybe[] {
  // keys of telephones subscribe to the codes that switch back and forth
  const forwardLamps = codeOf(model, 'callforward/cf_toggle') !== null;
  const disturbLamps = codeOf(model, 'donotdisturb/dnd_toggle') !== null;
  return Object.entries(model.extension).flatMap(([id, { state, devices, needsNoPin, intercom }]) => {
    const from = ref('extension', id);
    return [
      { key: `/CF/${id}`, value: state.forwardAlways, from },
      { key: `/CFB/${id}`, value: state.forwardBusy, from },
      { key: `/CFU/${id}`, value: state.forwardUnavailable, from },
      { key: `/CW/${id}`, value: state.callWaiting ? 'ENABLED' : null, from },
      { key: `/AMPUSER/${id}/intercom`, value: intercom.takes ? null : 'disabled', from },
      { key: `/AMPUSER/${id}/intercom/block`, value: intercom.calls ? null : 'blocked', from },
      ...Object.entries(intercom.from).map(([who, value]) => ({ key: `/AMPUSER/${id}/intercom/${who}`, value, from })),
      { key: `/AMPUSER/${id}/pinless`, value: needsNoPin ? 'NOPASSWD' : null, from },
      { key: `/DND/${id}`, value: state.doNotDisturb ? 'YES' : null, from },
      ...lamps([`CF${id}`, ...devices.map((d) => `DEVCF${d}`)], forwardLamps && (state.forwardAlways ?? '') !== '' ? 'BUSY' : null, from),
      ...lamps([`DND${id}`, ...devices.map((d) => `DEVDND${d}`)], disturbLamps && state.doNotDisturb ? 'BUSY' : null, from),
    ];
  });
}

/** Who follows stands in the dialplan; whether is state: DIRECT is on, EXTENSION off. */
function followMeRows(model: Model): Maybe[] {
  const hasLamps = codeOf(model, 'findmefollow/fmf_toggle') !== null;
  return followed(model).flatMap(([id, { enabled }]) => {
    const from = ref('follow-me', id);
    const devices = model.extension[id]?.devices ?? [];
    return [
      { key: `/AMPUSER/${id}/followme/ddial`, value: enabled ? 'DIRECT' : 'EXTENSION', from },
      ...lamps(
        devices.map((d) => `FOLLOWME${d}`),
        !hasLamps ? null : enabled ? 'INUSE' : 'NOT_INUSE',
        from,
      ),
    ];
  });
}

function callFlowRows(model: Model): Maybe[] {
  return idsOf(model, 'call-flow').flatMap((id) => {
    const night = model['call-flow'][id]?.state === 'night';
    const from = ref('call-flow', id);
    return [
      { key: `/DAYNIGHT/C${id}`, value: night ? 'NIGHT' : 'DAY', from },
      ...lamps([`DAYNIGHT${id}`], night ? 'INUSE' : 'NOT_INUSE', from),
    ];
  });
}

const OVERRIDES = { matched: 'true', 'matched-sticky': 'true_sticky', unmatched: 'false', 'unmatched-sticky': 'false_sticky' } as const;

/** A lamp shows the way that calls go once somebody asks: until the first call it shows what an override says. */
function timeConditionRows(model: Model): Maybe[] {
  return idsOf(model, 'time-condition').flatMap((id) => {
    const override = model['time-condition'][id]?.override ?? null;
    const from = ref('time-condition', id);
    const lamp = override?.startsWith('unmatched') ? 'INUSE' : 'NOT_INUSE';
    return [{ key: `/TC/${id}`, value: override === null ? null : OVERRIDES[override], from }, ...lamps([`TC${id}`], lamp, from)];
  });
}

function listRows(model: Model): Maybe[] {
  const own = Object.entries(model.extension).flatMap(([id, e]) =>
    Object.entries(e.speedDials).map(([place, value]) => ({
      key: `/AMPUSER/${id}/speeddials/${place}`,
      value,
      from: ref('extension', id),
    })),
  );
  const all = Object.entries(model['speed-dial']).map(([id, { number }]) => ({
    key: `/sysspeeddials/${id}`,
    value: number,
    from: ref('speed-dial', id),
  }));
  const turnedAway = Object.entries(model.blacklist).map(([id, { description }]) => ({
    key: `/blacklist/${id}`,
    value: description === '' ? '1' : description,
    from: ref('blacklist', id),
  }));
  const names = Object.entries(model.phonebook).map(([id, { name }]) => ({
    key: `/cidname/${id}`,
    value: name,
    from: ref('phonebook', id),
  }));
  return [...own, ...all, ...turnedAway, ...names];
}

/** Keys that only the site's own dialplan knows. */
function customRows(model: Model): Maybe[] {
  return Object.entries(model['custom-dialplan']).flatMap(([id, { astdb }]) =>
    Object.entries(astdb).map(([key, value]) => ({ key: `/${key}`, value, from: ref('custom-dialplan', id) })),
  );
}

function lamps(names: readonly string[], value: string | null, from: Ref): Maybe[] {
  return names.map((name) => ({ key: `/CustomDevstate/${name}`, value, from }));
}

/** The state as Asterisk's own database file. */
export function astdbFile(model: Model): Promise<Uint8Array> {
  return fileOf(astdbRows(model));
}
