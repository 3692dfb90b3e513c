/** Rules by name that never see a name, since no connection for them can be set up (semantics 10.25). */
import { predicate as p } from '../dataplane/index.ts';
import { unionAll } from '../net/interval.ts';
import { type Bench, type Findings, clean, doubt, finding, inSomeFamily, shown } from './lint.ts';
import { isByName, isPass } from './rule.ts';
import { reworded, withDefaults } from './subject.ts';
import { carries, tcp } from './traffic.ts';

const code = 'handshake-dies';

export async function handshakeDies({ subject, rules, court }: Bench): Promise<Findings> {
  if (subject.policy.stateful.order !== 'STRICT_ORDER') return clean;
  if (!rules.some((at) => isPass(at) && isByName(at))) return clean;
  // What the rules by name would pass, if the handshake were let through.
  const lenient = withDefaults(subject, ['aws:drop_established']);
  const nameless = reworded(lenient, (at) => (isPass(at) && isByName(at) ? 'alert' : undefined));
  const { payloads } = court;
  const where = p.and(tcp, carries(unionAll([payloads.app('tls'), payloads.app('http')])));
  const wanted = [
    { subject: lenient, passes: true, mode: 'client-data' },
    { subject: nameless, passes: false, mode: 'client-data' },
  ] as const;
  const alive = await inSomeFamily(court, () => ({
    mode: 'connection',
    where,
    says: [{ subject, passes: true }, ...wanted],
  }));
  if (alive.kind === 'some') return clean;
  if (alive.kind === 'undecided') return doubt(code, alive);
  const dead = await inSomeFamily(court, () => ({
    mode: 'client-data',
    where,
    says: [{ subject, passes: false }, ...wanted],
  }));
  if (dead.kind === 'none') return clean;
  if (dead.kind === 'undecided') return doubt(code, dead);
  const says =
    'No connection that the rules by name would pass can be set up: its handshake is dropped before there is a name.';
  return finding(code, says, [shown(subject, dead.example)]);
}
