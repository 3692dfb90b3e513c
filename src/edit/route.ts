/** Edits of routes, in tables of VPCs (semantics section 4) and of transit gateways (section 7). */
import type { RouteTable } from '../network/route-table.ts';
import type { TransitGatewayRouteTable } from '../network/transit-gateway.ts';
import type { Draft } from './draft.ts';
import type { EditOf } from './edit.ts';
import { removeVpcRoute, setVpcRoute } from './route-table.ts';
import { some, things } from './selection.ts';
import { blackholeWord, removeTransitRoute, setTransitRoute } from './transit-route.ts';

export function setRoute(draft: Draft, edit: EditOf<'set-route'>): void {
  const { vpc, transit } = tablesNamed(draft, edit.table);
  // Where the table is none, the target tells of which kind it was meant to be.
  const meant = edit.target === blackholeWord || draft.network.transitGatewayAttachments.has(edit.target);
  if (transit.length > 0 || (vpc.length === 0 && meant)) setTransitRoute(draft, edit, transit);
  else setVpcRoute(draft, edit, vpc);
}

export function removeRoute(draft: Draft, edit: EditOf<'remove-route'>): void {
  const { vpc, transit } = tablesNamed(draft, edit.table);
  if (transit.length > 0) removeTransitRoute(draft, edit, transit);
  else removeVpcRoute(draft, edit, vpc);
}

interface Tables {
  readonly vpc: readonly RouteTable[];
  readonly transit: readonly TransitGatewayRouteTable[];
}

/** Of one kind or the other; none where something is wrong, which is noted. */
function tablesNamed(draft: Draft, name: string): Tables {
  const kinds = ['route-table', 'transit-gateway-route-table', 'core-network-route-table'] as const;
  const found = things(draft, 'table', name, 'route table', ...kinds);
  const ofPolicy = found.filter(({ kind }) => kind === 'core-network-route-table');
  if (ofPolicy.length > 0) {
    draft.wrong('table', {
      code: 'wrong-kind',
      message: `${some(ofPolicy.map(({ id }) => `\`${id}\``))} belongs to a core network, whose routes come from its policy.`,
      hint: 'Change the policy; no edit does.',
    });
    return { vpc: [], transit: [] };
  }
  const vpc = found.filter((one): one is RouteTable => one.kind === 'route-table');
  const transit = found.filter((one): one is TransitGatewayRouteTable => one.kind === 'transit-gateway-route-table');
  if (vpc.length === 0 || transit.length === 0) return { vpc, transit };
  draft.wrong('table', {
    code: 'ambiguous',
    message: `\`${name}\` is route tables of VPCs and of transit gateways, whose routes lead to different things.`,
    hint: 'Edit the ones and the others by edits of their own.',
  });
  return { vpc: [], transit: [] };
}
