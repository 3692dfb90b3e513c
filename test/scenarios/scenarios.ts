/** The scenarios and their variants: one line here for each. */
import { variants as applianceInspection } from '../../scenarios/appliance-inspection/variants.ts';
import { variants as centralEgress } from '../../scenarios/central-egress/variants.ts';
import { variants as cloudWanSegments } from '../../scenarios/cloud-wan-segments/variants.ts';
import { variants as dnsWalledGarden } from '../../scenarios/dns-walled-garden/variants.ts';
import { variants as dualStackEgressOnly } from '../../scenarios/dual-stack-egress-only/variants.ts';
import { variants as dualStackHub } from '../../scenarios/dual-stack-hub/variants.ts';
import { variants as egressAllowList } from '../../scenarios/egress-allow-list/variants.ts';
import { variants as genaiPrivate } from '../../scenarios/genai-private/variants.ts';
import { variants as hubAndSpoke } from '../../scenarios/hub-and-spoke/variants.ts';
import { variants as hubFirewall } from '../../scenarios/hub-firewall/variants.ts';
import { variants as hybrid } from '../../scenarios/hybrid/variants.ts';
import { variants as inspectedIngress } from '../../scenarios/inspected-ingress/variants.ts';
import { variants as inspectionEastWest } from '../../scenarios/inspection-east-west/variants.ts';
import { variants as latticeServices } from '../../scenarios/lattice-services/variants.ts';
import { variants as peeredRow } from '../../scenarios/peered-row/variants.ts';
import { variants as privatelinkOnly } from '../../scenarios/privatelink-only/variants.ts';
import { variants as privatelinkService } from '../../scenarios/privatelink-service/variants.ts';
import { variants as publicWebPrivateDb } from '../../scenarios/public-web-private-db/variants.ts';
import { variants as wafFrontDoor } from '../../scenarios/waf-front-door/variants.ts';
import type { Variant } from '../../scenarios/variant.ts';

export interface Scenario {
  /** The folder under `scenarios/`. */
  readonly name: string;
  readonly variants: readonly Variant[];
}

export const scenarios: readonly Scenario[] = [
  { name: 'genai-private', variants: genaiPrivate },
  { name: 'public-web-private-db', variants: publicWebPrivateDb },
  { name: 'inspected-ingress', variants: inspectedIngress },
  { name: 'inspection-east-west', variants: inspectionEastWest },
  { name: 'dual-stack-egress-only', variants: dualStackEgressOnly },
  { name: 'privatelink-only', variants: privatelinkOnly },
  { name: 'hub-and-spoke', variants: hubAndSpoke },
  { name: 'hub-firewall', variants: hubFirewall },
  { name: 'central-egress', variants: centralEgress },
  { name: 'cloud-wan-segments', variants: cloudWanSegments },
  { name: 'peered-row', variants: peeredRow },
  { name: 'hybrid', variants: hybrid },
  { name: 'dual-stack-hub', variants: dualStackHub },
  { name: 'waf-front-door', variants: wafFrontDoor },
  { name: 'privatelink-service', variants: privatelinkService },
  { name: 'egress-allow-list', variants: egressAllowList },
  { name: 'appliance-inspection', variants: applianceInspection },
  { name: 'dns-walled-garden', variants: dnsWalledGarden },
  { name: 'lattice-services', variants: latticeServices },
];
