import type { Model } from '../../model/kinds.ts';
import type { Change } from '../lab/overlay.ts';
import type { Whom } from './whom.ts';

const CUSTOMER = 'bare-customer';
const AGENT = 'bare-agent';

/** The least dialplan that does the same work, in the same Asterisk: against it the cost of everything else is measured. */
export function bareDialplan(model: Model, { trunk }: Whom): Change {
  const peer = trunkPeer(model, trunk.id);
  return {
    file: 'etc/asterisk/extensions.conf',
    from: null,
    to: `
[${CUSTOMER}]
exten = _X.,1,Dial(PJSIP/\${EXTEN}@${peer},45)
 same = n,Hangup()

[${AGENT}]
exten = _X!,1,Dial(PJSIP/\${EXTEN},30)
 same = n,Hangup()
`,
    because: 'two lines of dialplan, to compare with',
  };
}

/** The same customers and agents, by the bare dialplan. */
export function barely(whom: Whom): Whom {
  return {
    ...whom,
    context: CUSTOMER,
    agentContext: AGENT,
    agents: whom.agents.map(({ device }) => ({ device, extension: device })),
  };
}

function trunkPeer(model: Model, id: string): string {
  const trunk = model.trunk[id];
  if (trunk === undefined || !('peer' in trunk)) throw new Error(`trunk ${id} has no endpoint`);
  return trunk.peer;
}
