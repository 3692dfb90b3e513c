/** Passes by header that take a flow as a whole, and with it what rules by name or protocol would drop (semantics 10.31, 10.34). */
import { type Bench, type Findings, clean, doubt, finding, inSomeFamily, joined, shown } from './lint.ts';
import { deciding } from './published.ts';
import { isByPayload, isDrop, isPass, takesFlows } from './rule.ts';
import { type RuleAt, reworded, turned, withDefaults } from './subject.ts';
import { tcp } from './traffic.ts';

const code = 'early-pass';

export async function earlyPasses(bench: Bench): Promise<Findings> {
  const { rules } = bench;
  if (!rules.some((at) => isDrop(at) && isByPayload(at))) return clean;
  const all: Findings[] = [];
  for (const at of rules) if (isPass(at) && takesFlows(at)) all.push(await earlyPass(bench, at));
  return joined(all);
}

async function earlyPass({ subject, court }: Bench, pass: RuleAt): Promise<Findings> {
  const without = turned(subject, pass, 'alert');
  // Of what drops, the rules that look into the payload alone.
  const bare = reworded(without, (at) => (isDrop(at) && !isByPayload(at) ? 'alert' : undefined));
  const inside = subject.policy.stateful.order === 'STRICT_ORDER' ? withDefaults(bare, []) : bare;
  const found = await inSomeFamily(court, () => ({
    mode: 'client-data',
    where: tcp,
    says: [
      { subject, passes: true },
      { subject: inside, passes: false },
      { subject: without, passes: false },
    ],
  }));
  if (found.kind === 'none') return clean;
  if (found.kind === 'undecided') return doubt(code, found, pass);
  const says =
    'It passes flows as a whole from their first packet on, and so data that a rule which looks at it would drop.';
  return finding(code, says, [shown(subject, found.example)], pass, deciding(inside, found.example.judgements[1]!));
}
