/** Direct Connect gateways, their associations and virtual interfaces, as `aws directconnect describe-*` prints them. */
import type { Document } from './aws.ts';
import { account, region } from './identity.ts';
import type { DirectConnectSpec, Spec, VirtualInterfaceSpec } from './spec.ts';

const call = 'describe-direct-connect-gateway-associations';

/** What each gateway is asked for, and what each virtual private gateway. */
export function describeDirectConnect(spec: Spec): readonly Document[] {
  const all = spec.directConnect.flatMap((one) => associationsOf(one));
  const asked = spec.vgws.flatMap(({ id, unread }) => (unread === true ? [] : [id]));
  return [
    ...(spec.directConnect.length === 0
      ? []
      : [
          {
            file: 'describe-direct-connect-gateways.json',
            json: {
              directConnectGateways: spec.directConnect.map(({ id }) => ({
                directConnectGatewayId: id,
                directConnectGatewayName: id,
                amazonSideAsn: 64512,
                ownerAccount: account,
                directConnectGatewayState: 'available',
              })),
            },
          },
        ]),
    ...spec.directConnect.map((one) =>
      answer(one.unread === true ? undefined : { directConnectGatewayId: one.id }, one.id, associationsOf(one)),
    ),
    ...asked.map((id) =>
      answer(
        { associatedGatewayId: id },
        id,
        all.filter(({ associatedGateway }) => associatedGateway.id === id),
      ),
    ),
    ...(spec.virtualInterfaces.length === 0
      ? []
      : [
          {
            file: 'describe-virtual-interfaces.json',
            json: { virtualInterfaces: spec.virtualInterfaces.map((one) => describeInterface(one)) },
          },
        ]),
  ];
}

const answer = (request: object | undefined, of: string, associations: readonly object[]): Document => {
  const response = { directConnectGatewayAssociations: associations };
  return request === undefined
    ? { file: `${call}.json`, json: response }
    : { file: `${call}.${of}.json`, json: { Request: request, Response: response } };
};

const associationsOf = ({ id, to }: DirectConnectSpec) =>
  to.map((line) => {
    const [gateway = '', ...words] = line.split(' ');
    return {
      associationId: `${id} ${gateway}`,
      directConnectGatewayId: id,
      directConnectGatewayOwnerAccount: account,
      associationState: words.includes('updating') ? 'updating' : 'associated',
      associatedGateway: {
        id: gateway,
        type: gateway.startsWith('vgw-') ? 'virtualPrivateGateway' : 'transitGateway',
        ownerAccount: account,
        region,
      },
      allowedPrefixesToDirectConnectGateway: words.filter((word) => word.includes('/')).map((cidr) => ({ cidr })),
    };
  });

const describeInterface = ({ id, to, up }: VirtualInterfaceSpec) => ({
  ownerAccount: account,
  virtualInterfaceId: id,
  virtualInterfaceType: 'private',
  virtualInterfaceName: id,
  virtualInterfaceState: 'available',
  ...(to.startsWith('vgw-') ? { virtualGatewayId: to } : { directConnectGatewayId: to, virtualGatewayId: '' }),
  bgpPeers: (['ipv4', 'ipv6'] as const).map((addressFamily) => ({
    addressFamily,
    bgpPeerState: 'available',
    bgpStatus: (up ?? ['ipv4']).includes(addressFamily) ? 'up' : 'down',
  })),
  routeFilterPrefixes: [],
});
