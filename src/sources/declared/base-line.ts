/** VPN connections that run, with the static routes that a plan adds or takes away, and what of them reaches route tables (semantics 4.9, 8.1). */
import { includesPrefix } from '../../net/prefix.ts';
import type { Findings, RouteFinding } from '../../network/build/findings.ts';
import { replace } from './in-place.ts';
import type { Outside } from './outside.ts';
import { elements } from './three-way.ts';

export function settleLines(out: Findings, old: Outside, now: Outside): void {
  for (const line of new Set([...old.lineRoutes.keys(), ...now.lineRoutes.keys()])) {
    const at = out.vpnConnections.findIndex(({ id }) => id === line);
    const found = out.vpnConnections[at];
    if (found === undefined) continue;
    const [was, is] = [old.lineRoutes.get(line) ?? [], now.lineRoutes.get(line) ?? []];
    const blocks = (all: typeof is) => all.filter((one) => one !== undefined);
    const staticRoutes = elements(found.staticRoutes, blocks(was), blocks(is), (one) => one);
    // A route that is not known is one that it may have, as if BGP had brought it.
    out.vpnConnections[at] = { ...found, staticRoutes, dynamic: found.dynamic || is.includes(undefined) };
    const { gateway } = found;
    const vpc = out.vpnGateways.find(({ id }) => id === gateway)?.vpc;
    const added = blocks(is).filter((one) => !includesPrefix(found.staticRoutes, one));
    const gone = blocks(was).filter((one) => !includesPrefix(staticRoutes, one));
    const brought = ({ origin, target }: RouteFinding): boolean =>
      origin === 'propagated' && target.kind === 'vpn-gateway' && target.id === gateway;
    replace(out.routeTables, (table) => {
      if (vpc === undefined || table.vpc !== vpc) return table;
      const stays = table.routes.filter((route) => {
        const { destination } = route;
        const block = destination.kind === 'prefix' ? destination.prefix : undefined;
        return !brought(route) || block === undefined || !includesPrefix(gone, block);
      });
      // A table that shows what the gateway brought has the gateway propagate into it; of others it is not told.
      const state = table.routes.some(brought) ? 'active' : 'unknown';
      const more = added.map((prefix): RouteFinding => ({
        destination: { kind: 'prefix', prefix },
        target: { kind: 'vpn-gateway', id: gateway },
        state,
        origin: 'propagated',
        source: found.source,
      }));
      return { ...table, routes: [...stays, ...more] };
    });
  }
}
