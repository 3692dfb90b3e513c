/** Network Firewall at a transit gateway: which firewall an attachment is, and in which zones it stands (semantics 7.23, 7.25). */
import { present } from '../../base/present.ts';
import type { Firewall } from '../firewall.ts';
import type { BehindAttachment } from '../transit-gateway.ts';
import { isZoneId } from '../zone.ts';
import type { Building } from './building.ts';
import type { FirewallFinding } from './firewall-finding.ts';
import type { TransitGatewayAttachmentFinding } from './transit-gateway-finding.ts';

type Function = Extract<BehindAttachment, { readonly kind: 'network-function' }>;

/** The firewall that names the attachment, or whose ARN the attachment names, or the only one where it is the only attachment. */
export function functionBehind(
  building: Building,
  { id, behind, gateway }: { readonly id: string; readonly behind: string; readonly gateway: string },
  sides: readonly TransitGatewayAttachmentFinding[],
  firewalls: ReadonlyMap<string, Firewall>,
): Function {
  const there = building.findings.firewalls.filter((one) => one.attached?.gateway === gateway);
  const named = there.find(({ attached }) => attached?.attachment === id) ?? there.find((one) => one.id === behind);
  const alone = there.length === 1 && sides.filter(({ type }) => type === 'network-function').length === 1;
  const [only] = alone ? there.filter(({ attached }) => attached?.attachment === undefined) : [];
  const found = named ?? only;
  return {
    kind: 'network-function',
    ...present({
      firewall: found === undefined ? undefined : firewalls.get(found.id)?.id,
      zones: found && zonesOf(building, found),
    }),
  };
}

/** By their ids, as those of subnets; undefined where one is told by a name that no subnet of the account shows. */
function zonesOf({ findings }: Building, { attached, account }: FirewallFinding): readonly string[] | undefined {
  const zones = (attached?.zones ?? []).map((zone) => {
    if (isZoneId(zone)) return zone;
    const mine = findings.subnets.filter(
      (subnet) => subnet.account === account || subnet.account === undefined || account === undefined,
    );
    const byName = mine.find(({ zoneName }) => zoneName === zone)?.zone;
    return byName ?? mine.find((subnet) => subnet.zone === zone)?.zone;
  });
  return zones.length === 0 || zones.includes(undefined) ? undefined : zones.filter((zone) => zone !== undefined);
}

/** AWS's word for the firewall's state where it, or a zone of it, may not carry packets. */
export const notReady = ({ findings }: Building, behind: BehindAttachment): string | undefined =>
  behind.kind === 'network-function'
    ? findings.firewalls
        .find((one) => one.id === behind.firewall && one.attached !== undefined)
        ?.attached?.state?.toLowerCase()
    : undefined;
