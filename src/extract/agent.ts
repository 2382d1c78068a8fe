import { finding } from '../finding.ts';
import type { AgentOnLine } from '../model/agent.ts';
import { ref } from '../model/ref.ts';
import { entriesOf, readConfTree } from './conf-tree.ts';
import { defineReader } from './reader.ts';
import { isOn, wholeNumber } from './source.ts';

const FILE = 'agents.conf';

/** What chan_agent had and app_agent_pool lacks: it would be said of nobody. */
const SAID_ELSEWHERE = /^(?:group|endcall|acceptdtmf|enddtmf|maxlogintries|goodbye|updatecdr|persistentagents|multiplelogin)$/;

/**
 * Agents of agents.conf: `agent => 1001,4321,Name`, each with the options that stand above it.
 * Source: configs/agents.conf.sample of Asterisk 1.8 (chan_agent); those of 12 and later are sections (app_agent_pool).
 */
export default defineReader({
  kind: 'agent',
  tables: [],
  astdb: [],
  files: [FILE],
  read: (source, notes) => {
    const found: Record<string, AgentOnLine> = {};
    const tree = readConfTree(source, FILE);
    const options = new Map<string, string>();
    const left = new Set<string>();
    for (const { name, value, where } of entriesOf(tree, 'agents')) {
      const key = name.toLowerCase();
      if (key !== 'agent') {
        options.set(key, value.trim());
        continue;
      }
      const [id = '', password = '', shown = ''] = value.split(/[,|]/).map((part) => part.trim());
      if (!/^\d+$/.test(id) || found[id] !== undefined) {
        const means =
          id in found
            ? `Agent ${id} stands there once more: the first counts.`
            : `The agent '${id}' has no number that a telephone can key.`;
        notes.finding(finding('OPTION_NOT_CARRIED', { where, means }));
        continue;
      }
      found[id] = agentWith(options, shown);
      for (const option of options.keys()) if (!READ.has(option) && !SAID_ELSEWHERE.test(option)) left.add(option);
      if (password !== '') notes.secret(`agent/${id}/password`, password);
      for (const file of tree.files) notes.carried(file, ref('agent', id));
    }
    if (left.size > 0) {
      const means = `Agents who wait on the line do without ${[...left].sort().join(', ')} of ${FILE}.`;
      notes.finding(finding('OPTION_NOT_CARRIED', { where: FILE, means }));
    }
    return found;
  },
});

const READ = new Set(['ackcall', 'wrapuptime', 'autologoff', 'musiconhold', 'musicclass']);

function agentWith(options: ReadonlyMap<string, string>, name: string): AgentOnLine {
  const number = (key: string): number | null => {
    const held = wholeNumber(options.get(key) ?? '');
    return held !== null && held > 0 ? held : null;
  };
  const asks = options.get('ackcall') ?? '';
  return {
    name,
    acknowledges: isOn(asks) || asks.toLowerCase() === 'always',
    restMs: number('wrapuptime'),
    logOffSeconds: number('autologoff'),
    musicClass: options.get('musiconhold') || options.get('musicclass') || null,
  };
}
