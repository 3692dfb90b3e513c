/** What the CLI prints of VPC Lattice and of shared resources, wholly read, from a few words. */
import { account, region } from './identity.ts';
import type { AnswerSpec, Change } from './spec.ts';

export interface LatticeSpec {
  /** Service networks. */
  readonly networks?: readonly {
    readonly id: string;
    /** `NONE` unless given; `unread`: no call told. */
    readonly auth?: 'NONE' | 'AWS_IAM' | 'unread';
    /** `vpc-a`, `vpc-a sg-1 sg-2`; `vpc-a ?` where nobody asked for the groups. */
    readonly vpcs?: readonly string[];
    readonly services?: readonly string[];
    readonly resources?: readonly string[];
    /** Endpoints in VPC A that lead to it: `vpce-1`, with a state after it. Absent: nobody asked. */
    readonly endpoints?: readonly string[];
    /** The state of every association; `ACTIVE` unless given. */
    readonly status?: string;
  }[];
  readonly services?: readonly {
    readonly id: string;
    readonly auth?: 'NONE' | 'AWS_IAM' | 'unread';
    /**
     * `HTTPS 443 tg-1`: protocol, port and group of the default action, several joined by `+`, `tg-2*0` with a weight of
     * its own; `fixed` in its place. After ` | ` each, rules for paths in order: `/admin tg-3`, `/v1/* fixed`.
     */
    readonly listeners: readonly string[];
  }[];
  readonly groups?: readonly {
    readonly id: string;
    readonly type?: 'INSTANCE' | 'IP' | 'LAMBDA' | 'ALB';
    readonly vpc?: string;
    readonly protocol?: string;
    readonly port?: number;
    readonly family?: 'IPV4' | 'IPV6';
    /** `i-b`, `10.1.1.10`, `i-b@8080` with a port of its own, and its status after a space. Absent: nobody read them. */
    readonly targets?: readonly string[];
  }[];
  readonly gateways?: readonly { readonly id: string; readonly vpc: string; readonly status?: string }[];
  readonly resources?: readonly {
    readonly id: string;
    readonly gateway?: string;
    readonly ports?: readonly string[];
    /** An address, a name or an ARN; absent of a group. */
    readonly at?: string;
    /** The group that it is a member of. */
    readonly of?: string;
    readonly status?: string;
  }[];
}

const prefix = `arn:aws:vpc-lattice:${region}:${account}`;

const answer = (call: string, json: unknown): AnswerSpec => ({ id: `vpc-lattice ${call}`, json });
const arnOf = (type: string, id: string): string => `${prefix}:${type}/${id}`;
const networkFields = (id: string) => ({ serviceNetworkArn: arnOf('servicenetwork', id), serviceNetworkId: id });

/** The ARN that is a target group's id in the network. */
export const latticeGroupArn = (id: string): string => arnOf('targetgroup', id);

export const lattice = (spec: LatticeSpec): Change => ({ others: latticeAnswers(spec) });

export const latticeAnswers = (spec: LatticeSpec): readonly AnswerSpec[] => [
  ...(spec.networks ?? []).flatMap(networkAnswers),
  ...(spec.services ?? []).flatMap(serviceAnswers),
  ...(spec.groups ?? []).flatMap(groupAnswers),
  answer('list-resource-gateways', {
    items: (spec.gateways ?? []).map(({ id, vpc, status = 'ACTIVE' }) => ({
      arn: arnOf('resourcegateway', id),
      id,
      ipAddressType: 'IPV4',
      name: id,
      status,
      vpcIdentifier: vpc,
    })),
  }),
  answer('list-resource-configurations', {
    items: (spec.resources ?? []).map((one) => configurationOf(one)),
  }),
  ...(spec.resources ?? []).map((one) =>
    answer(`get-resource-configuration.${one.id}`, {
      ...configurationOf(one),
      ...(one.ports === undefined ? {} : { portRanges: one.ports }),
      protocol: 'TCP',
      ...(one.at === undefined ? {} : { resourceConfigurationDefinition: definitionOf(one.at) }),
    }),
  ),
];

const endpointsAnswer = (id: string, endpoints: readonly string[]): AnswerSpec =>
  answer(`list-service-network-vpc-endpoint-associations.${id}`, {
    items: endpoints.map((words) => {
      const [vpcEndpointId = '', state = 'available'] = words.split(' ');
      return {
        createdAt: '2026-03-02T08:51:12+00:00',
        id: `snvea-${vpcEndpointId}`,
        serviceNetworkArn: arnOf('servicenetwork', id),
        state,
        vpcEndpointId,
        vpcEndpointOwnerId: account,
        vpcId: 'vpc-a',
      };
    }),
  });

function networkAnswers({
  id,
  auth = 'NONE',
  vpcs = [],
  services = [],
  resources = [],
  endpoints,
  status = 'ACTIVE',
}: NonNullable<LatticeSpec['networks']>[number]): readonly AnswerSpec[] {
  const associations = vpcs.map((words) => {
    const [vpcId = '', ...securityGroupIds] = words.split(' ');
    const own = { ...networkFields(id), id: `snva-${id}-${vpcId}`, status, vpcId };
    return { securityGroupIds, one: { ...own, arn: arnOf('servicenetworkvpcassociation', own.id) } };
  });
  const members = (type: string, key: string, list: readonly string[]) =>
    list.map((member) => ({
      ...networkFields(id),
      arn: arnOf(type, `a-${id}-${member}`),
      id: `a-${id}-${member}`,
      [key]: member,
      status,
    }));
  return [
    ...(auth === 'unread'
      ? []
      : [answer(`get-service-network.${id}`, { arn: arnOf('servicenetwork', id), authType: auth, id, name: id })]),
    ...(endpoints === undefined ? [] : [endpointsAnswer(id, endpoints)]),
    answer(`list-service-network-vpc-associations.${id}`, { items: associations.map(({ one }) => one) }),
    ...associations.flatMap(({ one, securityGroupIds }) =>
      securityGroupIds.includes('?')
        ? []
        : [answer(`get-service-network-vpc-association.${one.id}`, { ...one, securityGroupIds })],
    ),
    answer(`list-service-network-service-associations.${id}`, {
      items: members('servicenetworkserviceassociation', 'serviceId', services),
    }),
    answer(`list-service-network-resource-associations.${id}`, {
      items: members('servicenetworkresourceassociation', 'resourceConfigurationId', resources),
    }),
  ];
}

function serviceAnswers({
  id,
  auth = 'NONE',
  listeners,
}: NonNullable<LatticeSpec['services']>[number]): readonly AnswerSpec[] {
  const own = { arn: arnOf('service', id), id, name: id, status: 'ACTIVE' };
  const told = listeners.map((words, i) => {
    const [first = '', ...rules] = words.split(' | ');
    const [protocol, port, action = ''] = first.split(' ');
    const arn = `${own.arn}/listener/listener-${i}`;
    const shown = { arn, id: `listener-${i}`, name: `l${i}`, port: Number(port), protocol };
    return { shown, rules, action };
  });
  return [
    answer(`list-services.${id}`, { items: [own] }),
    ...(auth === 'unread' ? [] : [answer(`get-service.${id}`, { ...own, authType: auth })]),
    answer(`list-listeners.${id}`, { items: told.map(({ shown }) => shown) }),
    ...told.flatMap(({ shown, rules, action }) => {
      const named = rules.map((words, i) => {
        const [path = '', to = ''] = words.split(' ');
        const arn = `${shown.arn}/rule/rule-${i}`;
        return { arn, path, to, listed: { arn, id: `rule-${i}`, isDefault: false, name: `r${i}`, priority: i + 1 } };
      });
      const last = { arn: `${shown.arn}/rule/rule-default`, id: 'rule-default', isDefault: true };
      return [
        answer(`get-listener.${id}.${shown.id}`, {
          ...shown,
          defaultAction: actionOf(action),
          serviceArn: own.arn,
          serviceId: id,
        }),
        answer(`list-rules.${id}.${shown.id}`, { items: [...named.map(({ listed }) => listed), last] }),
        ...named.map(({ listed, path, to }) =>
          answer(`get-rule.${id}.${shown.id}.${listed.id}`, {
            ...listed,
            action: actionOf(to),
            match: { httpMatch: { pathMatch: { caseSensitive: true, match: pathOf(path) } } },
          }),
        ),
      ];
    }),
  ];
}

const pathOf = (path: string) => (path.endsWith('*') ? { prefix: path.slice(0, -1) } : { exact: path });

const actionOf = (words: string) =>
  words === 'fixed'
    ? { fixedResponse: { statusCode: 404 } }
    : {
        forward: {
          targetGroups: words.split('+').map((one) => {
            const [group, weight = '1'] = one.split('*');
            return { targetGroupIdentifier: group, weight: Number(weight) };
          }),
        },
      };

function groupAnswers({
  id,
  type = 'INSTANCE',
  vpc,
  protocol = 'HTTP',
  port,
  family,
  targets,
}: NonNullable<LatticeSpec['groups']>[number]): readonly AnswerSpec[] {
  return [
    answer(`list-target-groups.${id}`, {
      items: [
        {
          arn: latticeGroupArn(id),
          id,
          name: id,
          status: 'ACTIVE',
          type,
          ...(type === 'LAMBDA' ? {} : { vpcIdentifier: vpc, protocol, port }),
          ...(family === undefined ? {} : { ipAddressType: family }),
        },
      ],
    }),
    ...(targets === undefined
      ? []
      : [
          answer(`list-targets.${id}`, {
            items: targets.map((words) => {
              const [target = '', status = 'HEALTHY'] = words.split(' ');
              const [one, own] = target.split('@');
              return { id: one, port: Number(own ?? port ?? 0), status };
            }),
          }),
        ]),
  ];
}

const configurationOf = ({
  id,
  gateway,
  at,
  of,
  status = 'ACTIVE',
}: NonNullable<LatticeSpec['resources']>[number]) => ({
  arn: arnOf('resourceconfiguration', id),
  id,
  name: id,
  status,
  type: at === undefined ? 'GROUP' : of !== undefined ? 'CHILD' : at.startsWith('arn:') ? 'ARN' : 'SINGLE',
  ...(gateway === undefined ? {} : { resourceGatewayId: gateway }),
  ...(of === undefined ? {} : { resourceConfigurationGroupId: of }),
});

const definitionOf = (at: string) => {
  if (at.startsWith('arn:')) return { arnResource: { arn: at } };
  return /[a-z]\./.test(at)
    ? { dnsResource: { domainName: at, ipAddressType: 'IPV4' } }
    : { ipResource: { ipAddress: at } };
};
