/** Interfaces that go with their owner: nothing names them any more. */
import { isUnread } from '../network/resource.ts';
import { type Draft, put, take } from './draft.ts';
import { severRoutes } from './route-table.ts';

export function withoutInterfaces(draft: Draft, ids: readonly string[]): void {
  if (ids.length === 0) return;
  const gone = new Set(ids);
  const isLeft = (id: string): boolean => !gone.has(id);
  take(draft, 'interfaces', ...ids);
  severRoutes(draft, gone);
  const { endpoints, loadBalancers, targetGroups, opaqueGateways } = draft.network;
  for (const one of endpoints.values())
    if (!one.interfaces.every(isLeft)) put(draft, 'endpoints', { ...one, interfaces: one.interfaces.filter(isLeft) });
  for (const one of loadBalancers.values())
    if (!one.interfaces.every(isLeft))
      put(draft, 'loadBalancers', { ...one, interfaces: one.interfaces.filter(isLeft) });
  for (const one of targetGroups.values())
    if (!isUnread(one.targets) && !one.targets.every(({ id }) => isLeft(id)))
      put(draft, 'targetGroups', { ...one, targets: one.targets.filter(({ id }) => isLeft(id)) });
  for (const one of opaqueGateways.values())
    if (one.beside?.every(isLeft) === false)
      put(draft, 'opaqueGateways', { ...one, beside: one.beside.filter(isLeft) });
}
