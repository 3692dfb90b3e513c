/** How each kind of place is marked in a picture: a badge of few letters, its name in words, and a colour of its family. */

export type Family = 'host' | 'gateway' | 'firewall' | 'balancer' | 'endpoint' | 'transit' | 'outside' | 'rule';

export interface KindMark {
  readonly badge: string;
  readonly words: string;
  readonly family: Family;
}

const marks: Readonly<Record<string, readonly [badge: string, family: Family, words?: string]>> = {
  vpc: ['VPC', 'outside', 'VPC'],
  subnet: ['NET', 'outside'],
  'network-interface': ['ENI', 'host'],
  instance: ['EC2', 'host'],
  'internet-gateway': ['IGW', 'gateway'],
  'egress-only-internet-gateway': ['EIGW', 'gateway', 'egress-only gateway'],
  'nat-gateway': ['NAT', 'gateway', 'NAT gateway'],
  'carrier-gateway': ['CGW', 'gateway'],
  'local-gateway': ['LGW', 'gateway'],
  'vpn-gateway': ['VGW', 'gateway', 'VPN gateway'],
  'vpn-connection': ['VPN', 'gateway', 'VPN connection'],
  'client-vpn-endpoint': ['CVPN', 'gateway', 'Client VPN endpoint'],
  'direct-connect-gateway': ['DX', 'gateway', 'Direct Connect gateway'],
  'direct-internet-access': ['DIA', 'gateway'],
  'odb-network': ['ODB', 'host', 'ODB network'],
  'vpc-peering': ['PCX', 'transit', 'VPC peering'],
  'transit-gateway': ['TGW', 'transit'],
  'transit-gateway-attachment': ['ATT', 'transit', 'TGW attachment'],
  'transit-gateway-route-table': ['RTB', 'rule', 'TGW route table'],
  'core-network': ['CWAN', 'transit'],
  'core-network-attachment': ['ATT', 'transit'],
  'core-network-route-table': ['RTB', 'rule'],
  'gateway-endpoint': ['GWE', 'endpoint'],
  'interface-endpoint': ['VPCE', 'endpoint'],
  'resource-endpoint': ['VPCE', 'endpoint'],
  'service-network-endpoint': ['VPCE', 'endpoint'],
  'tunnel-endpoint': ['VPCE', 'endpoint'],
  'firewall-endpoint': ['FWE', 'firewall'],
  'network-firewall': ['FW', 'firewall'],
  'gateway-load-balancer': ['GWLB', 'firewall'],
  'load-balancer': ['LB', 'balancer'],
  listener: ['LSN', 'balancer'],
  'target-group': ['TG', 'balancer'],
  'web-acl': ['WAF', 'rule', 'web ACL'],
  'endpoint-service': ['SVC', 'endpoint'],
  'lattice-service': ['LAT', 'endpoint'],
  'service-network': ['SN', 'endpoint'],
  'resource-gateway': ['RGW', 'endpoint'],
  'resource-configuration': ['RCFG', 'endpoint'],
  'security-group': ['SG', 'rule'],
  'network-acl': ['ACL', 'rule', 'network ACL'],
  'route-table': ['RTB', 'rule'],
  'source-dest-check': ['SDC', 'rule', 'source/destination check'],
  'block-public-access': ['BPA', 'rule'],
  'resolver-rule': ['DNS', 'rule'],
  'dns-firewall': ['DNS', 'rule', 'DNS firewall'],
  'dns-resolver': ['DNS', 'outside', 'Amazon resolver'],
  'link-local-service': ['AWS', 'outside'],
  'aws-service': ['AWS', 'outside', 'AWS service'],
  internet: ['WWW', 'outside'],
  'on-premises': ['DC', 'outside', 'on premises'],
};

export function markOf(kind: string): KindMark {
  const [badge, family, words] = marks[kind] ?? [
    kind
      .split('-')
      .map((word) => word.charAt(0).toUpperCase())
      .join('')
      .slice(0, 4),
    'outside',
  ];
  return { badge, family, words: words ?? kind.replaceAll('-', ' ') };
}

/** What decides at a place and is none: a packet passes it where it is. */
export const isRule = (kind: string): boolean => marks[kind]?.[1] === 'rule' || kind === 'listener';

/** What says where a packet goes next. */
export const isRouting = (kind: string): boolean => kind.endsWith('route-table');
