/** Load balancers that run, to which a plan adds something that is not known: what they hold is not known then. */
import type { Findings } from '../../network/build/findings.ts';
import type { Outside } from './outside.ts';

export function blurBalancers(out: Findings, { blurred }: Outside): void {
  if (blurred.size === 0) return;
  const open = <T extends object>(all: T[], of: (one: T) => readonly (string | undefined)[]): void => {
    const made = all.map((one) => (of(one).some((id) => blurred.has(id ?? '')) ? { ...one, complete: false } : one));
    all.splice(0, all.length, ...made);
  };
  open(out.listeners, ({ balancer, listeners }) => [balancer, ...listeners.map((one) => one.balancer)]);
  open(out.listenerRules, ({ rules }) => rules.map(({ listener }) => listener));
  open(out.targetHealth, ({ group }) => [group]);
}
