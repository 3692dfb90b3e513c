/** Load balancers and Client VPN endpoints that run, to which a plan adds something that is not known: what they hold is not known then. */
import type { Findings } from '../../network/build/findings.ts';
import { replace } from './in-place.ts';
import type { Outside } from './outside.ts';

export function blur(out: Findings, { blurred }: Outside): void {
  if (blurred.size === 0) return;
  const open = <T extends object>(all: T[], of: (one: T) => readonly (string | undefined)[]): void => {
    replace(all, (one) => (of(one).some((id) => blurred.has(id ?? '')) ? { ...one, complete: false } : one));
  };
  open(out.listeners, ({ balancer, listeners }) => [balancer, ...listeners.map((one) => one.balancer)]);
  open(out.listenerRules, ({ rules }) => rules.map(({ listener }) => listener));
  open(out.targetHealth, ({ group }) => [group]);
  const untold = <T extends { readonly endpoint: string }>(all: T[]): void =>
    replace(all, (one) => (blurred.has(one.endpoint) ? { ...one, whole: false } : one));
  untold(out.clientVpnAssociations);
  untold(out.clientVpnRoutes);
  untold(out.clientVpnRules);
}
