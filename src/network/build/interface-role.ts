/** Who owns a network interface, told by its type, its description and what names it (semantics 1.19 to 1.21). */
import type { InterfaceRole } from '../interface.ts';

interface Described {
  readonly interface: { readonly interfaceType: string; readonly description: string; readonly instance?: string };
  readonly requesterManaged: boolean;
}

/**
 * Whether a service wrote the description: whoever makes an interface may describe it in any words, and services show
 * no instance of theirs (semantics 1.20).
 */
export const describedByService = ({ interface: { instance }, requesterManaged }: Described): boolean =>
  requesterManaged || instance === undefined;

/** Types that tell by themselves, lower case, without `_` and `-`: AWS prints `natGateway` and `nat_gateway`. */
const types: ReadonlyMap<string, InterfaceRole> = new Map(
  Object.entries({
    natgateway: 'nat-gateway',
    gatewayloadbalancerendpoint: 'firewall-endpoint',
    gatewayloadbalancer: 'gateway-load-balancer',
    networkloadbalancer: 'load-balancer',
    loadbalancer: 'load-balancer',
    vpcendpoint: 'interface-endpoint',
    transitgateway: 'transit-gateway-attachment',
    lambda: 'lambda',
    efa: 'host',
    efaonly: 'host',
    trunk: 'host',
    branch: 'host',
    apigatewaymanaged: 'other-service',
    globalacceleratormanaged: 'other-service',
    iotrulesmanaged: 'other-service',
    quicksight: 'other-service',
    awscodestarconnectionsmanaged: 'other-service',
  } as const),
);

/** Descriptions that AWS services write, first match counts. */
const descriptions: readonly (readonly [pattern: RegExp, role: InterfaceRole])[] = [
  [/^VPC Endpoint Interface /, 'interface-endpoint'],
  [/^Interface for NAT Gateway /, 'nat-gateway'],
  [/^ELB gwy\//, 'gateway-load-balancer'],
  // Reserved interfaces become nodes in maintenance (ALB/application-load-balancers); they start nothing of their own.
  [/^(?:ELB |ENI reserved by ELB )/, 'load-balancer'],
  [/^Network Interface for Transit Gateway Attachment /i, 'transit-gateway-attachment'],
  [/^AWS Lambda VPC ENI/, 'lambda'],
  [
    /^(?:RDSNetworkInterface|RedshiftNetworkInterface|DMSNetworkInterface|ElastiCache|EFS mount target|Amazon EKS|ES |Amazon OpenSearch|DAX|Amazon MSK|AmazonMQ|AWS created network interface for (?:FSx|directory)|AWS created network interface for Amazon FSx)/i,
    'managed-service',
  ],
  [
    /^(?:Resource Gateway Interface|Route 53 Resolver|ClientVPN|EC2 Instance Connect|Verified Access)/i,
    'other-service',
  ],
  // A task or a pod: a guest that drives the interface itself.
  [/^(?:arn:aws[^:]*:ecs:|aws-K8S-|aws-k8s-)/, 'host'],
];

export function roleOf(found: Described): InterfaceRole {
  const { interfaceType, description } = found.interface;
  const type = interfaceType.toLowerCase().replace(/[_-]/g, '');
  const told = types.get(type);
  if (told !== undefined) return told;
  if (describedByService(found)) for (const [pattern, role] of descriptions) if (pattern.test(description)) return role;
  if (type !== 'interface') return 'other-service';
  return found.requesterManaged ? 'other-service' : 'host';
}

/** `nat-…`, `vpce-…` or the balancer's label in a description, by which an interface names its owner. */
export const ownerInDescription = (description: string): string | undefined =>
  /^(?:VPC Endpoint Interface|Interface for NAT Gateway) (.+)$/.exec(description)?.[1] ??
  /^ELB (.+)$/.exec(description)?.[1];
