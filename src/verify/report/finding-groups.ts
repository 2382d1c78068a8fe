import { FINDINGS, type Finding, type Severity } from '../../finding.ts';
import { refText } from '../../model/ref.ts';
import { counted, grouped } from './words.ts';

/** All findings of one code, as the page shows them. */
export interface FindingGroup {
  readonly code: string;
  readonly severity: Severity;
  readonly severityWords: string;
  /** '14 objects'; the one where it is one. */
  readonly objects: string;
  /** More than one. */
  readonly isList: boolean;
  /** What all of them say, or what the first one does. */
  readonly means: string;
  /** Each says something of its own: `means` is an example. */
  readonly meansDiffer: boolean;
  readonly cure: string;
  readonly list: readonly FoundObject[];
}

interface FoundObject {
  readonly about: string;
  readonly where: string;
  /** Only where it is not what the group says already. */
  readonly own: string;
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const SEVERITY_WORDS: Record<Severity, string> = { error: 'decide before the cutover', warning: 'look at it', info: 'good to know' };

/** Groups by code: errors first, then those with the most objects. */
export function findingGroups(findings: readonly Finding[]): FindingGroup[] {
  const groups = [...grouped(findings, (f) => `${f.severity} ${f.code}`).values()];
  const rank = (g: readonly Finding[]): number => SEVERITIES.indexOf(g[0]?.severity ?? 'info');
  return groups.sort((a, b) => rank(a) - rank(b) || b.length - a.length).flatMap(groupOf);
}

function groupOf(findings: readonly Finding[]): FindingGroup[] {
  const [first] = findings;
  if (first === undefined) return [];
  const meansDiffer = findings.some((f) => f.means !== first.means);
  const cure = findings.some((f) => f.hint !== first.hint) ? FINDINGS[first.code].cure : first.hint;
  const list = findings.map((f) => ({
    about: f.about === null ? '' : refText(f.about),
    where: f.where ?? '',
    own: [...(meansDiffer ? [f.means] : []), ...(f.hint === cure ? [] : [f.hint])].join(' '),
  }));
  return [
    {
      code: first.code,
      severity: first.severity,
      severityWords: SEVERITY_WORDS[first.severity],
      objects:
        list.length === 1
          ? [list[0]?.about, list[0]?.where].filter((w) => w !== '').join(', ') || 'the whole PBX'
          : counted(list.length, 'object'),
      isList: list.length > 1,
      means: first.means,
      meansDiffer,
      cure,
      list,
    },
  ];
}
