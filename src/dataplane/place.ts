/** The places of the forwarding graph: where a packet can be, between one decision and the next. */
import type { TransitGatewayAttachment } from '../network/transit-gateway.ts';
import type { InterfaceClass } from './interface-class.ts';

export type Place =
  /** Handed by a guest or service to its interface; groups not yet asked. */
  | { readonly kind: 'leaving'; readonly of: InterfaceClass }
  /** In a subnet, on its way out of an interface or endpoint of it; neither ACL nor routes asked. */
  | { readonly kind: 'subnet'; readonly id: string }
  /** At a VPC's local delivery, having crossed into no subnet yet. */
  | { readonly kind: 'local'; readonly vpc: string }
  /** Delivered to an interface that is addressed. */
  | { readonly kind: 'arrived'; readonly of: InterfaceClass }
  | { readonly kind: 'nat-gateway'; readonly id: string; readonly zone?: string }
  /** Inside a firewall endpoint, let through; of a Gateway Load Balancer, by that appliance, where one is known. */
  | { readonly kind: 'firewall-endpoint'; readonly id: string; readonly by?: string }
  /** Inside an appliance behind that Gateway Load Balancer endpoint, which sends it on by interfaces of its own. */
  | { readonly kind: 'appliance'; readonly of: InterfaceClass; readonly endpoint: string }
  /** Inside the firewall at a transit gateway that an attachment is, let through, in that zone, where zones are told. */
  | { readonly kind: 'network-function'; readonly id: string; readonly zone?: string }
  /** Let in by a Client VPN endpoint, at one of its interfaces, and not yet translated. */
  | { readonly kind: 'client-vpn'; readonly endpoint: string; readonly interface: string }
  /** Inside a guest that is not addressed, let in by its groups. */
  | { readonly kind: 'guest'; readonly of: InterfaceClass }
  /** Taken by a service of VPC Lattice or a shared resource, of that id. */
  | {
      readonly kind: 'lattice';
      readonly id: string;
      /** Where the client's side gets the reply. */
      readonly back: Place;
      /** The service network by whose association it came, or the endpoint. */
      readonly network?: string;
      readonly endpoint?: string;
    }
  /** Inside an element whose forwarding is not modelled. */
  | { readonly kind: 'opaque'; readonly id: string }
  /**
   * At a route table that belongs to no subnet: a gateway's edge, or a regional NAT gateway's own, where the branch
   * tells which routes the packet's source address is made for.
   */
  | {
      readonly kind: 'gateway-table';
      readonly table: string;
      readonly vpc: string;
      readonly branch: 'all' | 'to-internet' | 'inside';
    }
  /**
   * At a transit gateway, before that table, come from that zone, if from one; `line` is the attachment arrived by where
   * it is none of a VPC's.
   */
  | {
      readonly kind: 'transit-gateway';
      readonly gateway: string;
      /** Absent where none is associated. */
      readonly table?: string;
      readonly zone?: string;
      readonly line?: string;
    }
  | { readonly kind: 'internet' }
  /** On premises: come by that line, or setting out from there as an answer. */
  | { readonly kind: 'onprem'; readonly line?: string; readonly answers?: true }
  /** Taken by the AWS service behind a gateway endpoint. */
  | { readonly kind: 'service'; readonly endpoint: string }
  | { readonly kind: 'dns'; readonly vpc: string }
  | { readonly kind: 'link-local' }
  /** The reply is back where the flow began. */
  | { readonly kind: 'replied' };

/** Arrived at the attachment's gateway by it. */
export const atGateway = ({
  gateway,
  routeTable,
}: TransitGatewayAttachment): Extract<Place, { readonly kind: 'transit-gateway' }> => ({
  kind: 'transit-gateway',
  gateway,
  ...(routeTable === undefined ? {} : { table: routeTable }),
});

export const placeKey = (place: Place): string => {
  switch (place.kind) {
    case 'leaving':
    case 'arrived':
    case 'guest':
      return `${place.kind} ${place.of.id}`;
    case 'appliance':
      return `appliance ${place.of.id} ${place.endpoint}`;
    case 'firewall-endpoint':
      return `firewall-endpoint ${place.id} ${place.by ?? ''}`;
    case 'subnet':
    case 'opaque':
      return `${place.kind} ${place.id}`;
    case 'network-function':
      return `network-function ${place.id} ${place.zone ?? ''}`;
    case 'client-vpn':
      return `client-vpn ${place.endpoint} ${place.interface}`;
    case 'lattice':
      return `lattice ${place.id} ${place.network ?? ''} ${place.endpoint ?? ''} < ${placeKey(place.back)}`;
    case 'nat-gateway':
      return `nat-gateway ${place.id} ${place.zone ?? ''}`;
    case 'local':
    case 'dns':
      return `${place.kind} ${place.vpc}`;
    case 'gateway-table':
      return `gateway-table ${place.table} ${place.vpc} ${place.branch}`;
    case 'service':
      return `service ${place.endpoint}`;
    case 'transit-gateway':
      return `transit-gateway ${place.gateway} ${place.table ?? ''} ${place.zone ?? ''} ${place.line ?? ''}`;
    case 'onprem':
      return `onprem ${place.line ?? ''} ${place.answers === true ? 'answers' : ''}`;
    case 'internet':
    case 'link-local':
    case 'replied':
      return place.kind;
  }
};
