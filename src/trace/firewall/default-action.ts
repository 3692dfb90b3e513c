/** What becomes of packets that no rule decides on (semantics 10.23 to 10.30). */
import { protocols } from '../../net/protocol.ts';
import type { FirewallPolicy } from '../../network/firewall-policy.ts';
import type { Sides } from '../../network/replay.ts';
import { passes } from '../../network/unknown.ts';
import type { Moment } from './conversation.ts';

/** What new policies have, and perhaps those that list nothing (semantics 10.24). */
const ofNewPolicies = 'aws:drop_established_app_layer_to_server';

/** The default that drops the packet; undefined where it passes. Action order has none. */
export function defaultDrop({ id, stateful }: FirewallPolicy, sides: Sides, moment: Moment): string | undefined {
  if (stateful.order === 'DEFAULT_ACTION_ORDER') return undefined;
  const unclear = sides.get(passes(id)) !== true;
  if (stateful.defaults === undefined) return unclear && drops(ofNewPolicies, moment) ? ofNewPolicies : undefined;
  return (
    stateful.defaults.find((action) => drops(action, moment) === true) ??
    stateful.defaults.find((action) => drops(action, moment) === undefined && unclear)
  );
}

/** Undefined of an action that is not known. */
function drops(action: string, { packet, direction, established }: Moment): boolean | undefined {
  const toServer = direction === 'to_server';
  const isTcp = packet.protocol === protocols.tcp;
  switch (action) {
    case 'aws:drop_strict':
      return true;
    case 'aws:drop_established':
    case 'aws:drop_established_app_layer_to_server':
      return !isTcp || (established === true && toServer);
    case 'aws:drop_established_app_layer':
      return !isTcp || established === true;
    case 'aws:alert_strict':
    case 'aws:alert_established':
    case 'aws:alert_established_app_layer':
    case 'aws:alert_established_app_layer_to_server':
      return false;
    default:
      return undefined;
  }
}
