/**
 * Gateways that no call was asked for. One that routes name is in the network all the same; one that only delivers into
 * a VPC shows nowhere else, so its absence is said.
 */
import { attachmentCalls, type Kind } from './reach.ts';
import { type Building, commandLine, wasRead } from './building.ts';
import type { Vpc } from '../vpc.ts';

/** Those that lead on premises; peering connections show in the routes of whichever of their VPCs is in the input. */
const kinds = [
  ['vpn-gateway', 'VPN gateways'],
  ['transit-gateway', 'transit gateway attachments'],
] as const satisfies readonly (readonly [Kind, string])[];

const most = 3;

export function noteUnasked(building: Building, vpcs: ReadonlyMap<string, Vpc>): void {
  for (const [kind, words] of kinds) {
    const calls = attachmentCalls[kind];
    const [call] = calls;
    const unasked = [...vpcs.values()].filter((vpc) => !calls.some((one) => wasRead(building, one, vpc)));
    if (call === undefined || unasked.length === 0) continue;
    const shown = unasked.slice(0, most).map(({ id }) => id);
    const more = unasked.length > most ? ` and ${unasked.length - most} more` : '';
    building.defaults.push({
      setting: `${words} of ${shown.join(', ')}${more}`,
      value: 'none but those that the input names',
      call: commandLine(call),
    });
  }
}
