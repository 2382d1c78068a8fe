import { describe, expect, it } from 'vitest';
import { type Whom, whomToCall } from '../../../src/verify/load/whom.ts';
import { aModel, houseOf, stateWith } from '../../model/a-model.ts';

const HOUSE = houseOf({ '101': {}, '102': stateWith({ doNotDisturb: 'yes' }), '103': {} });
const CARRIER = { technology: 'sip', name: 'Carrier', peer: 'carrier', host: '192.0.2.1' };
const ROUTE = { name: 'out', position: '0', patterns: [{ match: '9XXXXXXXXX' }], trunks: ['1'] };

/** A line of the site's own dialplan that takes every number. */
function line(priority: string, application: string, args: string): object {
  return { at: 'extensions_custom.conf:2', extension: '_X.', priority, label: '', application, arguments: args };
}

function whom(o: Parameters<typeof aModel>[0]): Whom {
  const found = whomToCall(aModel({ ...HOUSE, trunk: { '1': CARRIER }, 'outbound-route': { '1': ROUTE }, ...o }));
  if ('why' in found) throw new Error(found.why);
  return found;
}

describe('whom a dialler of this site calls', () => {
  it('numbers of an outbound route, and extensions whose telephone rings at once', () => {
    expect(whom({})).toEqual({
      context: 'from-internal',
      stem: expect.stringMatching(/^9\d{5}$/),
      trunk: { kind: 'trunk', id: '1' },
      agentContext: 'from-internal',
      agents: [
        { extension: '101', device: '101' },
        { extension: '103', device: '103' },
      ],
    });
  });

  it('by a context of the site’s own, where one sends every number to a trunk', () => {
    const lines = [line('1', 'Set', 'CALLERID(num)=74951234500'), line('n', 'Dial', 'SIP/carrier/${EXTEN},45,g')];
    expect(whom({ 'custom-dialplan': { 'my-dialler': { lines } } }).context).toBe('my-dialler');
  });

  it('by the trunk that takes most calls at a time', () => {
    const trunk = { '1': { ...CARRIER, maxChannels: '2' }, '2': { ...CARRIER, peer: 'other', host: '192.0.2.2' } };
    const routes = { '1': ROUTE, '2': { ...ROUTE, position: '1', patterns: [{ match: '7XXXXXXXXX' }], trunks: ['2'] } };
    expect(whom({ trunk, 'outbound-route': routes })).toMatchObject({ trunk: { id: '2' }, stem: expect.stringMatching(/^7/) });
    expect(whom({ trunk }).trunk.id).toBe('1');
  });

  it('is said to be nobody where no number goes outside, or no telephone rings', () => {
    const nobody = (o: object) => whomToCall(aModel({ ...HOUSE, trunk: { '1': CARRIER }, 'outbound-route': { '1': ROUTE }, ...o }));
    expect(nobody({ 'outbound-route': {} })).toEqual({ why: expect.stringContaining('no number outside') });
    expect(nobody({ trunk: { '1': { ...CARRIER, disabled: 'yes' } } })).toEqual({ why: expect.stringContaining('no number outside') });
    expect(nobody({ extension: {}, device: {} })).toEqual({ why: expect.stringContaining('no extension') });
  });
});
