/** The internet: any public egress reaches any public ingress (semantics 5.34, 5.35). */
import type { Context } from './context.ts';
import { enterByCarrierGateways, returnByCarrierGateway } from './carrier-gateway.ts';
import { type Edge } from './edge.ts';
import { enterByInternetGateway } from './internet-gateway.ts';
import { type Plane, fact } from './plane.ts';
import { and, isIn } from './predicate.ts';
import { finishOutside } from './reply.ts';
import { returnByEgressOnly } from './egress-only-internet-gateway.ts';

/** From the internet into the VPCs that hold the destination; `turning` where the packet came out of this network. */
export function enterFromInternet(plane: Plane, context: Context, turning: boolean): readonly Edge[] {
  if (context.phase === 'reply') {
    const back = returnByEgressOnly(plane, context);
    if (back !== undefined) return back;
    const byCarrier = returnByCarrierGateway(plane, context);
    if (byCarrier !== undefined) return byCarrier;
  }
  const turns = turning ? fact(plane, '5.34') : undefined;
  const into = [...plane.network.internetGateways.values()].flatMap((gateway) =>
    enterByInternetGateway(plane, gateway, context).map((one) =>
      turns === undefined ? one : { ...one, guard: and(one.guard, turns), facts: ['5.34'] },
    ),
  );
  const back = context.phase === 'reply' && context.origin === 'internet';
  return [...into, ...enterByCarrierGateways(plane, context), ...(back ? finishOutside(plane, context) : [])];
}

/** The destination is public and held by nobody here who is reached from outside: the packet is out. */
export const leftTheNetwork = (plane: Plane, context: Context) => isIn('dst', plane.outside[context.header.family]);
