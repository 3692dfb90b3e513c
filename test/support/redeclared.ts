/**
 * The network of a scenario, as somebody would declare it who is about to make it: everything that AWS's answers show is
 * told in CloudFormation's words, named by links, and has no id yet.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { DeclaredResource } from '../../src/sources/declared/resource.ts';
import { type Fields, Link, type Value } from '../../src/sources/declared/value.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- AWS's answers, which the tests of reading them check field by field
type Any = any;
type Json = Readonly<Record<string, Any>>;

/** What is answered under a key, by all files, each with its file's name. */
type Answers = (key: string) => readonly { readonly file: string; readonly content: Any; readonly whole: Json }[];

export function redeclared(folder: string): readonly DeclaredResource[] {
  const files = (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, json: JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Json }))
    .flatMap(({ file, json }) => [
      { file, json },
      // Of answers that do not say what they are about, the request does.
      ...((json['LatticeAnswers'] ?? []) as Json[]).map(({ Request, Response }) => ({
        file: `list-targets.${Request?.targetGroupIdentifier}`,
        json: Response as Json,
      })),
    ]);
  const answers: Answers = (key) =>
    files.flatMap(({ file, json }) =>
      (Array.isArray(json) ? (json as Json[]) : [json]).flatMap((whole) =>
        key in whole ? [{ file, content: whole[key], whole }] : [],
      ),
    );
  return new Making(answers).all();
}

const addressOf = (id: string): string => `made["${id}"]`;

class Making {
  readonly #answers: Answers;
  readonly #made: DeclaredResource[] = [];
  readonly #known = new Set<string>();

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  #list(key: string): readonly Json[] {
    return this.#answers(key).flatMap(({ content }) => (Array.isArray(content) ? content : [content]));
  }

  /** A link to what is declared; what is not stays as it is written. */
  #to(id: string | undefined, attribute?: string): Value {
    if (id === undefined) return null;
    return this.#known.has(id) ? new Link(addressOf(id), attribute) : id;
  }

  #make(id: string, type: string, properties: Fields, tags: readonly Json[] = []): void {
    this.#made.push({
      type,
      address: addressOf(id),
      id: addressOf(id),
      properties: tags.length === 0 ? properties : { ...properties, Tags: tags as Value },
      source: { file: 'plan.json', place: addressOf(id) },
    });
  }

  all(): readonly DeclaredResource[] {
    this.#note();
    this.#vpcs();
    this.#groups();
    this.#tables();
    this.#gateways();
    this.#hosts();
    this.#firewalls();
    this.#transit();
    this.#endpoints();
    this.#balancers();
    this.#names();
    this.#lines();
    this.#coreNetworks();
    this.#lattice();
    return this.#made;
  }

  /** Every id that is declared. */
  #note(): void {
    const keys: readonly (readonly [string, string])[] = [
      ['Vpcs', 'VpcId'],
      ['Subnets', 'SubnetId'],
      ['SecurityGroups', 'GroupId'],
      ['NetworkAcls', 'NetworkAclId'],
      ['RouteTables', 'RouteTableId'],
      ['InternetGateways', 'InternetGatewayId'],
      ['EgressOnlyInternetGateways', 'EgressOnlyInternetGatewayId'],
      ['NatGateways', 'NatGatewayId'],
      ['Addresses', 'AllocationId'],
      ['TransitGateways', 'TransitGatewayId'],
      ['TransitGatewayAttachments', 'TransitGatewayAttachmentId'],
      ['TransitGatewayRouteTables', 'TransitGatewayRouteTableId'],
      ['VpcEndpoints', 'VpcEndpointId'],
      ['ServiceConfigurations', 'ServiceId'],
      ['LoadBalancers', 'LoadBalancerArn'],
      ['TargetGroups', 'TargetGroupArn'],
      ['Listeners', 'ListenerArn'],
      ['FirewallRuleGroups', 'Id'],
      ['FirewallDomainLists', 'Id'],
      ['ResolverRules', 'Id'],
      ['VpnGateways', 'VpnGatewayId'],
      ['VpnConnections', 'VpnConnectionId'],
      ['VpcPeeringConnections', 'VpcPeeringConnectionId'],
      ['directConnectGateways', 'directConnectGatewayId'],
    ];
    for (const [key, id] of keys) for (const one of this.#list(key)) this.#known.add(String(one[id]));
    for (const { Instances } of this.#list('Reservations'))
      for (const one of Instances) this.#known.add(one.InstanceId);
    for (const one of this.#list('Firewall')) this.#known.add(one['FirewallArn']);
    for (const { whole } of this.#answers('FirewallPolicyResponse'))
      this.#known.add(whole['FirewallPolicyResponse'].FirewallPolicyArn);
    for (const one of this.#list('RuleGroupResponse')) this.#known.add(one['RuleGroupArn']);
    for (const one of this.#list('WebACL')) this.#known.add(one['ARN']);
    for (const nic of this.#hostInterfaces()) this.#known.add(nic['NetworkInterfaceId']);
    for (const one of this.#latticeItems()) this.#known.add(one['arn'] ?? one['id']);
    for (const { Attachment } of this.#coreAttachments()) {
      this.#known.add(Attachment['CoreNetworkArn']);
      this.#known.add(Attachment['AttachmentId']);
    }
  }

  /** Everything of VPC Lattice, each thing once, with all that lists and `get-…` show of it; targets are told by their files. */
  #latticeItems(): readonly Json[] {
    const all = new Map<string, Json>();
    const listed = this.#list('items').filter((one) => 'arn' in one);
    const shown = this.#answers('arn').map(({ whole }) => whole);
    for (const one of [...listed, ...shown]) all.set(one['arn'], { ...all.get(one['arn']), ...one });
    return [...all.values()];
  }

  #lattice(): void {
    const items = this.#latticeItems();
    const of = (kind: string): readonly Json[] => items.filter(({ arn }) => new RegExp(`[:/]${kind}/[^/]+$`).test(arn));
    const to = (id: string | undefined, attribute?: string): Value =>
      this.#to(items.find((one) => one['id'] === id || one['arn'] === id)?.['arn'] ?? id, attribute);
    const upper = (json: Any): Value => {
      if (Array.isArray(json)) return json.map((one: Any) => upper(one));
      if (typeof json !== 'object' || json === null) return json;
      return Object.fromEntries(
        Object.entries(json as Json).map(([key, one]) => [
          `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`,
          key === 'targetGroupIdentifier' ? to(one) : upper(one),
        ]),
      );
    };
    for (const one of of('servicenetwork'))
      this.#make(one['arn'], 'AWS::VpcLattice::ServiceNetwork', { Name: one['name'], AuthType: one['authType'] });
    for (const one of of('servicenetworkvpcassociation'))
      this.#make(one['arn'], 'AWS::VpcLattice::ServiceNetworkVpcAssociation', {
        ServiceNetworkIdentifier: to(one['serviceNetworkId']),
        VpcIdentifier: this.#to(one['vpcId']),
        SecurityGroupIds: (one['securityGroupIds'] ?? []).map((id: string) => this.#to(id)),
      });
    for (const one of of('servicenetworkserviceassociation'))
      this.#make(one['arn'], 'AWS::VpcLattice::ServiceNetworkServiceAssociation', {
        ServiceNetworkIdentifier: to(one['serviceNetworkId']),
        ServiceIdentifier: to(one['serviceId']),
      });
    for (const one of of('servicenetworkresourceassociation'))
      this.#make(one['arn'], 'AWS::VpcLattice::ServiceNetworkResourceAssociation', {
        ServiceNetworkId: to(one['serviceNetworkId']),
        ResourceConfigurationId: to(one['resourceConfigurationId']),
      });
    for (const one of of('service'))
      this.#make(one['arn'], 'AWS::VpcLattice::Service', { Name: one['name'], AuthType: one['authType'] });
    for (const one of of('listener'))
      this.#make(one['arn'], 'AWS::VpcLattice::Listener', {
        ServiceIdentifier: to(one['arn'].replace(/\/listener\/.*$/, '')),
        Protocol: one['protocol'],
        Port: one['port'],
        DefaultAction: upper(one['defaultAction']),
      });
    for (const one of of('rule'))
      if (one['isDefault'] !== true)
        this.#make(one['arn'], 'AWS::VpcLattice::Rule', {
          ListenerIdentifier: to(one['arn'].replace(/\/rule\/.*$/, '')),
          Priority: one['priority'],
          Match: upper(one['match']),
          Action: upper(one['action']),
        });
    for (const one of of('targetgroup'))
      this.#make(one['arn'], 'AWS::VpcLattice::TargetGroup', {
        Type: one['type'],
        Config: { Port: one['port'], Protocol: one['protocol'], VpcIdentifier: this.#to(one['vpcIdentifier']) },
        Targets: this.#answers('items')
          .filter(({ file }) => file.includes(`list-targets.${one['id']}`))
          .flatMap(({ content }) => (content as Json[]).filter((target) => !('arn' in target)))
          .map(({ id, port }) => ({ Id: this.#to(id), Port: port })),
      });
    for (const one of of('resourcegateway')) {
      const own = this.#list('NetworkInterfaces').filter(({ Description }) => Description.endsWith(` ${one['id']}`));
      this.#make(one['arn'], 'AWS::VpcLattice::ResourceGateway', {
        VpcIdentifier: this.#to(one['vpcIdentifier']),
        SubnetIds: own.map(({ SubnetId }) => this.#to(SubnetId)),
        SecurityGroupIds: (own[0]?.['Groups'] ?? []).map(({ GroupId }: Json) => this.#to(GroupId)),
        IpAddressType: one['ipAddressType'],
      });
    }
    for (const one of of('resourceconfiguration'))
      this.#make(one['arn'], 'AWS::VpcLattice::ResourceConfiguration', {
        ResourceConfigurationType: one['type'],
        ResourceGatewayId: to(one['resourceGatewayId']),
        PortRanges: one['portRanges'],
        ResourceConfigurationDefinition: { IpResource: one['resourceConfigurationDefinition'].ipResource.ipAddress },
      });
  }

  #coreAttachments(): readonly Json[] {
    const shown = this.#list('Attachments');
    return this.#list('VpcAttachments').map(({ VpcAttachment: { Attachment, ...rest } }) => ({
      ...rest,
      Attachment: shown.find(({ AttachmentId }) => AttachmentId === Attachment.AttachmentId) ?? Attachment,
    }));
  }

  #coreNetworks(): void {
    const attachments = this.#coreAttachments();
    for (const arn of new Set(attachments.map(({ Attachment }) => Attachment['CoreNetworkArn'])))
      this.#make(arn, 'AWS::NetworkManager::CoreNetwork', {
        GlobalNetworkId: 'global-network-1',
        PolicyDocument: JSON.parse(this.#list('CoreNetworkPolicy')[0]!['PolicyDocument']),
      });
    for (const { Attachment: one, SubnetArns, Options } of attachments) {
      const { ApplianceModeSupport, Ipv6Support } = Options;
      this.#make(
        one['AttachmentId'],
        'AWS::NetworkManager::VpcAttachment',
        {
          CoreNetworkId: this.#to(one['CoreNetworkArn'], 'CoreNetworkId'),
          VpcArn: this.#to(one['ResourceArn'].replace(/^.*\//, '')),
          SubnetArns: SubnetArns.map((arn: string) => this.#to(arn.replace(/^.*\//, ''))),
          Options: { ApplianceModeSupport, Ipv6Support },
        },
        one['Tags'],
      );
    }
  }

  #hostInterfaces(): readonly Json[] {
    const byInstance = new Set(
      this.#list('Reservations').flatMap(({ Instances }) =>
        Instances.flatMap((one: Json) =>
          (one['NetworkInterfaces'] ?? []).map((nic: Json) => nic['NetworkInterfaceId']),
        ),
      ),
    );
    return this.#list('NetworkInterfaces').filter((nic) => byInstance.has(nic['NetworkInterfaceId']));
  }

  #vpcs(): void {
    const attributes = new Map<string, Json>();
    for (const key of ['EnableDnsSupport', 'EnableDnsHostnames'])
      for (const { content, whole } of this.#answers(key))
        attributes.set(whole['VpcId'], { ...attributes.get(whole['VpcId']), [key]: content.Value });
    for (const vpc of this.#list('Vpcs')) {
      const ipv6 = (vpc['Ipv6CidrBlockAssociationSet'] ?? []).map((one: Json) => one['Ipv6CidrBlock']);
      const more = (vpc['CidrBlockAssociationSet'] ?? []).map((one: Json) => one['CidrBlock']);
      this.#make(
        vpc['VpcId'],
        'AWS::EC2::VPC',
        { CidrBlock: vpc['CidrBlock'], CidrBlocks: more, Ipv6CidrBlocks: ipv6, ...attributes.get(vpc['VpcId']) },
        vpc['Tags'],
      );
    }
    for (const subnet of this.#list('Subnets')) {
      const [ipv6] = (subnet['Ipv6CidrBlockAssociationSet'] ?? []).map((one: Json) => one['Ipv6CidrBlock']);
      this.#make(
        subnet['SubnetId'],
        'AWS::EC2::Subnet',
        {
          VpcId: this.#to(subnet['VpcId']),
          CidrBlock: subnet['CidrBlock'] ?? null,
          Ipv6CidrBlock: ipv6 ?? null,
          AvailabilityZone: subnet['AvailabilityZone'] ?? null,
          AvailabilityZoneId: subnet['AvailabilityZoneId'] ?? null,
          MapPublicIpOnLaunch: subnet['MapPublicIpOnLaunch'] ?? false,
        },
        subnet['Tags'],
      );
    }
  }

  #rules(permissions: readonly Json[]): Value {
    return permissions.flatMap((one) => {
      const ports = { IpProtocol: one['IpProtocol'], FromPort: one['FromPort'] ?? null, ToPort: one['ToPort'] ?? null };
      return [
        ...(one['IpRanges'] ?? []).map(({ CidrIp }: Json) => ({ ...ports, CidrIp })),
        ...(one['Ipv6Ranges'] ?? []).map(({ CidrIpv6 }: Json) => ({ ...ports, CidrIpv6 })),
        ...(one['UserIdGroupPairs'] ?? []).map(({ GroupId }: Json) => ({
          ...ports,
          SourceSecurityGroupId: this.#to(GroupId),
          DestinationSecurityGroupId: this.#to(GroupId),
        })),
        ...(one['PrefixListIds'] ?? []).map(({ PrefixListId }: Json) => ({
          ...ports,
          SourcePrefixListId: this.#to(PrefixListId),
          DestinationPrefixListId: this.#to(PrefixListId),
        })),
      ];
    });
  }

  #groups(): void {
    for (const group of this.#list('SecurityGroups')) {
      const vpc = this.#to(group['VpcId']);
      const adopts = group['GroupName'] === 'default' ? { Adopts: { VpcId: vpc } } : { VpcId: vpc };
      const one = (ingress: boolean): Value => {
        const rules = this.#rules(group[ingress ? 'IpPermissions' : 'IpPermissionsEgress'] ?? []) as readonly Fields[];
        const others = ingress
          ? ['DestinationSecurityGroupId', 'DestinationPrefixListId']
          : ['SourceSecurityGroupId', 'SourcePrefixListId'];
        return rules.map((rule) => Object.fromEntries(Object.entries(rule).filter(([key]) => !others.includes(key))));
      };
      this.#make(
        group['GroupId'],
        'AWS::EC2::SecurityGroup',
        {
          ...adopts,
          GroupName: group['GroupName'],
          SecurityGroupIngress: one(true),
          SecurityGroupEgress: one(false),
          Complete: true,
        },
        group['Tags'],
      );
    }
    for (const acl of this.#list('NetworkAcls')) {
      const entries = acl['Entries'].flatMap((entry: Json) =>
        entry['RuleNumber'] === 32767 || entry['RuleNumber'] === 32768
          ? []
          : {
              RuleNumber: entry['RuleNumber'],
              Egress: entry['Egress'],
              Protocol: entry['Protocol'],
              RuleAction: entry['RuleAction'],
              CidrBlock: entry['CidrBlock'] ?? null,
              Ipv6CidrBlock: entry['Ipv6CidrBlock'] ?? null,
              PortRange: entry['PortRange'] ?? null,
              Icmp: entry['IcmpTypeCode'] ?? null,
            },
      );
      const vpc = this.#to(acl['VpcId']);
      this.#make(
        acl['NetworkAclId'],
        'AWS::EC2::NetworkAcl',
        {
          ...(acl['IsDefault'] === true ? { Adopts: { VpcId: vpc } } : { VpcId: vpc }),
          Entries: entries,
          SubnetIds: (acl['Associations'] ?? []).map(({ SubnetId }: Json) => this.#to(SubnetId)),
        },
        acl['Tags'],
      );
    }
  }

  #tables(): void {
    for (const table of this.#list('RouteTables')) {
      const id = table['RouteTableId'];
      const associations: readonly Json[] = table['Associations'] ?? [];
      const vpc = this.#to(table['VpcId']);
      const main = associations.some(({ Main }) => Main === true);
      this.#make(id, 'AWS::EC2::RouteTable', main ? { Adopts: { VpcId: vpc } } : { VpcId: vpc }, table['Tags']);
      for (const [index, { SubnetId, GatewayId }] of associations.entries())
        if (SubnetId !== undefined)
          this.#make(`${id} ${index}`, 'AWS::EC2::SubnetRouteTableAssociation', {
            RouteTableId: this.#to(id),
            SubnetId: this.#to(SubnetId),
          });
        else if (GatewayId !== undefined)
          this.#make(`${id} ${index}`, 'AWS::EC2::GatewayRouteTableAssociation', {
            RouteTableId: this.#to(id),
            GatewayId: this.#to(GatewayId),
          });
      for (const [index, route] of (table['Routes'] as readonly Json[]).entries()) {
        const { GatewayId: gateway } = route;
        if (gateway === 'local' || route['Origin'] === 'EnableVgwRoutePropagation') continue;
        // AWS makes the routes of gateway endpoints.
        if (route['DestinationPrefixListId'] !== undefined && String(gateway).startsWith('vpce-')) continue;
        this.#make(`${id} route ${index}`, 'AWS::EC2::Route', {
          RouteTableId: this.#to(id),
          DestinationCidrBlock: route['DestinationCidrBlock'] ?? null,
          DestinationIpv6CidrBlock: route['DestinationIpv6CidrBlock'] ?? null,
          ...Object.fromEntries(
            [
              'NatGatewayId',
              'TransitGatewayId',
              'VpcPeeringConnectionId',
              'EgressOnlyInternetGatewayId',
              'NetworkInterfaceId',
            ]
              .filter((key) => route[key] !== undefined)
              .map((key) => [key, this.#to(route[key])]),
          ),
          ...(route['CoreNetworkArn'] === undefined
            ? {}
            : { CoreNetworkArn: this.#to(route['CoreNetworkArn'], 'CoreNetworkArn') }),
          ...(gateway === undefined ? {} : this.#gatewayOf(gateway)),
        });
      }
      const propagating = (table['PropagatingVgws'] ?? []) as readonly Json[];
      for (const { GatewayId } of propagating)
        this.#make(`${id} propagation`, 'AWS::EC2::VPNGatewayRoutePropagation', {
          RouteTableIds: [this.#to(id)],
          VpnGatewayId: this.#to(GatewayId),
        });
    }
  }

  /** Endpoints of firewalls are named by their firewalls. */
  #gatewayOf(gateway: string): Fields {
    for (const { whole } of this.#answers('FirewallStatus'))
      for (const { Attachment } of Object.values(whole['FirewallStatus'].SyncStates ?? {}) as readonly Json[])
        if (Attachment?.EndpointId === gateway)
          return {
            VpcEndpointId: new Link(
              addressOf(whole['Firewall'].FirewallArn),
              `EndpointIn:${addressOf(Attachment.SubnetId)}`,
            ),
          };
    return gateway.startsWith('vpce-') ? { VpcEndpointId: this.#to(gateway) } : { GatewayId: this.#to(gateway) };
  }

  #gateways(): void {
    for (const gateway of this.#list('InternetGateways')) {
      this.#make(gateway['InternetGatewayId'], 'AWS::EC2::InternetGateway', {}, gateway['Tags']);
      for (const { VpcId } of gateway['Attachments'])
        this.#make(`${gateway['InternetGatewayId']} attachment`, 'AWS::EC2::VPCGatewayAttachment', {
          VpcId: this.#to(VpcId),
          InternetGatewayId: this.#to(gateway['InternetGatewayId']),
        });
    }
    for (const gateway of this.#list('EgressOnlyInternetGateways'))
      this.#make(
        gateway['EgressOnlyInternetGatewayId'],
        'AWS::EC2::EgressOnlyInternetGateway',
        { VpcId: this.#to(gateway['Attachments'][0].VpcId) },
        gateway['Tags'],
      );
    for (const address of this.#list('Addresses'))
      this.#make(address['AllocationId'], 'AWS::EC2::EIP', { Domain: 'vpc' }, address['Tags']);
    for (const address of this.#list('Addresses'))
      if (this.#known.has(address['NetworkInterfaceId']))
        this.#make(`${address['AllocationId']} association`, 'AWS::EC2::EIPAssociation', {
          AllocationId: this.#to(address['AllocationId'], 'AllocationId'),
          NetworkInterfaceId: this.#to(address['NetworkInterfaceId']),
        });
    for (const gateway of this.#list('NatGateways'))
      this.#make(
        gateway['NatGatewayId'],
        'AWS::EC2::NatGateway',
        {
          SubnetId: this.#to(gateway['SubnetId']),
          ConnectivityType: gateway['ConnectivityType'] ?? 'public',
          AllocationId: this.#to(gateway['NatGatewayAddresses'][0].AllocationId),
        },
        gateway['Tags'],
      );
    for (const peering of this.#list('VpcPeeringConnections'))
      this.#make(
        peering['VpcPeeringConnectionId'],
        'AWS::EC2::VPCPeeringConnection',
        { VpcId: this.#to(peering['RequesterVpcInfo'].VpcId), PeerVpcId: this.#to(peering['AccepterVpcInfo'].VpcId) },
        peering['Tags'],
      );
  }

  #hosts(): void {
    for (const nic of this.#hostInterfaces()) {
      const ipv6 = (nic['Ipv6Addresses'] ?? []).map(({ Ipv6Address }: Json) => ({ Ipv6Address }));
      this.#make(
        nic['NetworkInterfaceId'],
        'AWS::EC2::NetworkInterface',
        {
          SubnetId: this.#to(nic['SubnetId']),
          GroupSet: (nic['Groups'] ?? []).map(({ GroupId }: Json) => this.#to(GroupId)),
          PrivateIpAddress: nic['PrivateIpAddress'] ?? null,
          ...(ipv6.length === 0 ? {} : { Ipv6Addresses: ipv6 }),
          SourceDestCheck: nic['SourceDestCheck'] ?? true,
        },
        nic['TagSet'],
      );
    }
    for (const { Instances } of this.#list('Reservations'))
      for (const instance of Instances as readonly Json[])
        this.#make(
          instance['InstanceId'],
          'AWS::EC2::Instance',
          {
            NetworkInterfaces: ((instance['NetworkInterfaces'] ?? []) as readonly Json[]).map((nic, index) => ({
              DeviceIndex: String(nic['Attachment']?.DeviceIndex ?? index),
              NetworkInterfaceId: this.#to(nic['NetworkInterfaceId']),
            })),
          },
          instance['Tags'],
        );
  }

  #firewalls(): void {
    for (const { whole } of this.#answers('FirewallPolicyResponse')) {
      const policy = structuredClone(whole['FirewallPolicy']) as Record<string, Any>;
      for (const key of ['StatefulRuleGroupReferences', 'StatelessRuleGroupReferences'])
        for (const one of policy[key] ?? []) one.ResourceArn = this.#to(one.ResourceArn);
      this.#make(whole['FirewallPolicyResponse'].FirewallPolicyArn, 'AWS::NetworkFirewall::FirewallPolicy', {
        FirewallPolicyName: whole['FirewallPolicyResponse'].FirewallPolicyName,
        FirewallPolicy: policy,
      });
    }
    for (const { whole } of this.#answers('RuleGroupResponse'))
      this.#make(whole['RuleGroupResponse'].RuleGroupArn, 'AWS::NetworkFirewall::RuleGroup', {
        RuleGroupName: whole['RuleGroupResponse'].RuleGroupName,
        Type: whole['RuleGroupResponse'].Type ?? 'STATEFUL',
        Capacity: 100,
        RuleGroup: whole['RuleGroup'],
      });
    for (const { whole } of this.#answers('FirewallStatus')) {
      const firewall = whole['Firewall'];
      this.#make(
        firewall.FirewallArn,
        'AWS::NetworkFirewall::Firewall',
        {
          FirewallName: firewall.FirewallName,
          FirewallPolicyArn: this.#to(firewall.FirewallPolicyArn),
          VpcId: this.#to(firewall.VpcId || undefined),
          SubnetMappings: (firewall.SubnetMappings ?? []).map(({ SubnetId }: Json) => ({
            SubnetId: this.#to(SubnetId),
          })),
          TransitGatewayId: this.#to(firewall.TransitGatewayId),
          AvailabilityZoneMappings: firewall.AvailabilityZoneMappings ?? [],
        },
        firewall.Tags,
      );
    }
  }

  /** What an attachment is called that AWS makes along with something else. */
  #attachment(id: string): Value {
    const shown = this.#list('TransitGatewayAttachments').find((one) => one['TransitGatewayAttachmentId'] === id);
    if (shown === undefined || shown['ResourceType'] === 'vpc') return this.#to(id);
    const maker =
      shown['ResourceType'] === 'network-function'
        ? this.#list('Firewall')[0]!['FirewallArn']
        : shown['ResourceType'] === 'vpn'
          ? shown['ResourceId']
          : `association ${shown['ResourceId']}`;
    return new Link(addressOf(maker), 'TransitGatewayAttachmentId');
  }

  #transit(): void {
    for (const gateway of this.#list('TransitGateways'))
      this.#make(
        gateway['TransitGatewayId'],
        'AWS::EC2::TransitGateway',
        {
          DefaultRouteTableAssociation: 'disable',
          DefaultRouteTablePropagation: 'disable',
          SecurityGroupReferencingSupport: gateway['Options']?.SecurityGroupReferencingSupport ?? 'disable',
        },
        gateway['Tags'],
      );
    for (const table of this.#list('TransitGatewayRouteTables'))
      this.#make(
        table['TransitGatewayRouteTableId'],
        'AWS::EC2::TransitGatewayRouteTable',
        { TransitGatewayId: this.#to(table['TransitGatewayId']) },
        table['Tags'],
      );
    for (const attachment of this.#list('TransitGatewayAttachments')) {
      const id = attachment['TransitGatewayAttachmentId'];
      const vpc = this.#list('TransitGatewayVpcAttachments').find((one) => one['TransitGatewayAttachmentId'] === id);
      if (vpc !== undefined)
        this.#make(
          id,
          'AWS::EC2::TransitGatewayAttachment',
          {
            TransitGatewayId: this.#to(vpc['TransitGatewayId']),
            VpcId: this.#to(vpc['VpcId']),
            SubnetIds: vpc['SubnetIds'].map((one: string) => this.#to(one)),
            Options: vpc['Options'] ?? {},
          },
          attachment['Tags'],
        );
      const table = attachment['Association']?.TransitGatewayRouteTableId;
      if (table !== undefined)
        this.#make(`${id} association`, 'AWS::EC2::TransitGatewayRouteTableAssociation', {
          TransitGatewayAttachmentId: this.#attachment(id),
          TransitGatewayRouteTableId: this.#to(table),
        });
    }
    const tableIn = (file: string): string => /tgw-rtb-[0-9a-z]+/.exec(file)![0];
    for (const { file, content } of this.#answers('TransitGatewayRouteTablePropagations'))
      for (const { TransitGatewayAttachmentId } of content)
        this.#make(`${file} ${TransitGatewayAttachmentId}`, 'AWS::EC2::TransitGatewayRouteTablePropagation', {
          TransitGatewayAttachmentId: this.#attachment(TransitGatewayAttachmentId),
          TransitGatewayRouteTableId: this.#to(tableIn(file)),
        });
    for (const { file, content, whole } of this.#answers('Routes')) {
      if (!('AdditionalRoutesAvailable' in whole)) continue;
      for (const [index, route] of (content as readonly Json[]).entries())
        if (route['Type'] === 'static')
          this.#make(`${file} ${index}`, 'AWS::EC2::TransitGatewayRoute', {
            TransitGatewayRouteTableId: this.#to(tableIn(file)),
            DestinationCidrBlock: route['DestinationCidrBlock'],
            ...(route['State'] === 'blackhole'
              ? { Blackhole: true }
              : {
                  TransitGatewayAttachmentId: this.#attachment(
                    route['TransitGatewayAttachments'][0].TransitGatewayAttachmentId,
                  ),
                }),
          });
    }
  }

  #endpoints(): void {
    for (const endpoint of this.#list('VpcEndpoints')) {
      // Those of a firewall, AWS makes.
      if ((endpoint['Tags'] ?? []).some(({ Key }: Json) => Key === 'AWSNetworkFirewallManaged')) continue;
      const type = endpoint['VpcEndpointType'];
      const addresses = this.#list('NetworkInterfaces').filter((nic) =>
        (endpoint['NetworkInterfaceIds'] ?? []).includes(nic['NetworkInterfaceId']),
      );
      this.#make(
        endpoint['VpcEndpointId'],
        'AWS::EC2::VPCEndpoint',
        {
          VpcEndpointType: type,
          VpcId: this.#to(endpoint['VpcId']),
          ...(endpoint['ResourceConfigurationArn'] === undefined
            ? { ServiceName: this.#serviceName(endpoint['ServiceName']) }
            : { ResourceConfigurationArn: this.#to(endpoint['ResourceConfigurationArn'], 'Arn') }),
          RouteTableIds: (endpoint['RouteTableIds'] ?? []).map((id: string) => this.#to(id)),
          SubnetIds: (endpoint['SubnetIds'] ?? []).map((id: string) => this.#to(id)),
          ...(type === 'Interface'
            ? {
                SubnetConfigurations: addresses.map((nic) => ({
                  SubnetId: this.#to(nic['SubnetId']),
                  Ipv4: nic['PrivateIpAddress'],
                })),
              }
            : {}),
          SecurityGroupIds: (endpoint['Groups'] ?? []).map(({ GroupId }: Json) => this.#to(GroupId)),
          PrivateDnsEnabled: endpoint['PrivateDnsEnabled'] ?? false,
          PolicyDocument: endpoint['PolicyDocument'] ?? null,
          IpAddressType: endpoint['IpAddressType'] ?? null,
          ...this.#prefixListOf(endpoint['ServiceName']),
        },
        endpoint['Tags'],
      );
    }
    for (const service of this.#list('ServiceConfigurations'))
      this.#make(
        service['ServiceId'],
        'AWS::EC2::VPCEndpointService',
        {
          NetworkLoadBalancerArns: (service['NetworkLoadBalancerArns'] ?? []).map((arn: string) => this.#to(arn)),
          GatewayLoadBalancerArns: (service['GatewayLoadBalancerArns'] ?? []).map((arn: string) => this.#to(arn)),
          AcceptanceRequired: service['AcceptanceRequired'] ?? true,
          SupportedIpAddressTypes: service['SupportedIpAddressTypes'] ?? [],
        },
        service['Tags'],
      );
    for (const one of this.#list('VpcEndpointConnections'))
      this.#make(`${one['VpcEndpointId']} acceptance`, 'Vpcproof::EC2::VPCEndpointConnectionAcceptance', {
        ServiceId: this.#to(one['ServiceId']),
        VpcEndpointId: this.#to(one['VpcEndpointId']),
      });
  }

  /** AWS's own, which exists. */
  #prefixListOf(service: string | undefined): Fields {
    const list = this.#list('PrefixLists').find((one) => one['PrefixListName'] === service);
    return list === undefined ? {} : { PrefixListId: list['PrefixListId'], CidrBlocks: list['Cidrs'] ?? [] };
  }

  #serviceName(name: string | undefined): Value {
    const own = this.#list('ServiceConfigurations').find(({ ServiceName }) => ServiceName === name);
    return own === undefined ? (name ?? null) : this.#to(own['ServiceId'], 'ServiceName');
  }

  #attributesIn(arn: string): readonly Json[] {
    const part = arn.slice(arn.indexOf(':', arn.indexOf('elasticloadbalancing:') + 25) + 1).replaceAll('/', '-');
    return this.#answers('Attributes')
      .filter(({ file }) => file.includes(part.slice(part.indexOf('-') + 1)))
      .flatMap(({ content }) => content);
  }

  #balancers(): void {
    for (const balancer of this.#list('LoadBalancers')) {
      const arn = balancer['LoadBalancerArn'];
      const label = arn.slice(arn.indexOf('loadbalancer/') + 13);
      const nodes = this.#list('NetworkInterfaces').filter(({ Description }) => Description === `ELB ${label}`);
      this.#make(
        arn,
        'AWS::ElasticLoadBalancingV2::LoadBalancer',
        {
          Name: balancer['LoadBalancerName'],
          Type: balancer['Type'],
          Scheme: balancer['Scheme'] ?? 'internal',
          SubnetMappings: nodes.map((nic) => ({
            SubnetId: this.#to(nic['SubnetId']),
            PrivateIPv4Address: nic['PrivateIpAddress'],
          })),
          SecurityGroups: (balancer['SecurityGroups'] ?? []).map((id: string) => this.#to(id)),
          IpAddressType: balancer['IpAddressType'] ?? 'ipv4',
          LoadBalancerAttributes: this.#attributesIn(arn) as Value,
        },
        balancer['Tags'],
      );
    }
    for (const group of this.#list('TargetGroups')) {
      const arn = group['TargetGroupArn'];
      const part = arn.slice(arn.indexOf('targetgroup/') + 12).replaceAll('/', '-');
      const targets = this.#answers('TargetHealthDescriptions').filter(({ file }) => file.includes(part));
      this.#make(
        arn,
        'AWS::ElasticLoadBalancingV2::TargetGroup',
        {
          Name: group['TargetGroupName'],
          TargetType: group['TargetType'],
          Protocol: group['Protocol'] ?? null,
          Port: group['Port'] ?? null,
          VpcId: this.#to(group['VpcId']),
          TargetGroupAttributes: this.#attributesIn(arn) as Value,
          Targets: targets.flatMap(({ content }) =>
            content.map(({ Target }: Json) => ({ Id: this.#to(Target.Id), Port: Target.Port ?? null })),
          ),
        },
        group['Tags'],
      );
    }
    const actions = (all: readonly Json[]): Value =>
      all.map((action) => ({
        Type: action['Type'],
        ...(action['TargetGroupArn'] === undefined ? {} : { TargetGroupArn: this.#to(action['TargetGroupArn']) }),
        ...(action['FixedResponseConfig'] === undefined ? {} : { FixedResponseConfig: action['FixedResponseConfig'] }),
        ...(action['RedirectConfig'] === undefined ? {} : { RedirectConfig: action['RedirectConfig'] }),
      }));
    for (const listener of this.#list('Listeners'))
      this.#make(listener['ListenerArn'], 'AWS::ElasticLoadBalancingV2::Listener', {
        LoadBalancerArn: this.#to(listener['LoadBalancerArn']),
        Port: listener['Port'] ?? null,
        Protocol: listener['Protocol'] ?? null,
        DefaultActions: actions(listener['DefaultActions']),
      });
    for (const rule of this.#list('Rules')) {
      if (rule['IsDefault'] === true) continue;
      const [, start, rest] = /^(arn:.+):listener-rule\/(.+)\/[^/]+$/.exec(rule['RuleArn'])!;
      this.#make(rule['RuleArn'], 'AWS::ElasticLoadBalancingV2::ListenerRule', {
        ListenerArn: this.#to(`${start}:listener/${rest}`),
        Priority: Number(rule['Priority']),
        Conditions: rule['Conditions'],
        Actions: actions(rule['Actions']),
      });
    }
    for (const acl of this.#list('WebACL'))
      this.#make(acl['ARN'], 'AWS::WAFv2::WebACL', { Name: acl['Name'], Scope: 'REGIONAL', Rules: acl['Rules'] ?? [] });
    for (const { file, content } of this.#answers('ResourceArns')) {
      const acl = this.#list('WebACL').find(({ Id }) => file.includes(Id)) ?? this.#list('WebACL')[0]!;
      for (const arn of content)
        this.#make(`${arn} web acl`, 'AWS::WAFv2::WebACLAssociation', {
          ResourceArn: this.#to(arn),
          WebACLArn: this.#to(acl['ARN']),
        });
    }
  }

  #names(): void {
    for (const list of this.#list('FirewallDomainLists')) {
      const own = this.#answers('Domains').find(({ file }) => file.includes(list['Id']));
      this.#make(list['Id'], 'AWS::Route53Resolver::FirewallDomainList', {
        Name: list['Name'],
        Domains: own?.content ?? [],
      });
    }
    for (const group of this.#list('FirewallRuleGroups'))
      this.#make(group['Id'], 'AWS::Route53Resolver::FirewallRuleGroup', {
        Name: group['Name'],
        FirewallRules: this.#list('FirewallRules')
          .filter(({ FirewallRuleGroupId }) => FirewallRuleGroupId === group['Id'])
          .map(({ Name, Priority, Action, BlockResponse, FirewallDomainListId, Qtype }) => ({
            Name,
            Priority,
            Action,
            FirewallDomainListId: this.#to(FirewallDomainListId),
            ...(BlockResponse === undefined ? {} : { BlockResponse }),
            ...(Qtype === undefined ? {} : { Qtype }),
          })),
      });
    for (const one of this.#list('FirewallRuleGroupAssociations'))
      this.#make(one['Id'], 'AWS::Route53Resolver::FirewallRuleGroupAssociation', {
        FirewallRuleGroupId: this.#to(one['FirewallRuleGroupId']),
        VpcId: this.#to(one['VpcId']),
        Priority: one['Priority'],
      });
    for (const rule of this.#list('ResolverRules'))
      this.#make(rule['Id'], 'AWS::Route53Resolver::ResolverRule', {
        Name: rule['Name'],
        RuleType: rule['RuleType'],
        DomainName: rule['DomainName'],
        TargetIps: rule['TargetIps'] ?? [],
        ResolverEndpointId: rule['ResolverEndpointId'] ?? null,
      });
    for (const one of this.#list('ResolverRuleAssociations'))
      this.#make(one['Id'], 'AWS::Route53Resolver::ResolverRuleAssociation', {
        ResolverRuleId: this.#to(one['ResolverRuleId']),
        VPCId: this.#to(one['VPCId']),
      });
  }

  #lines(): void {
    for (const gateway of this.#list('VpnGateways')) {
      this.#make(gateway['VpnGatewayId'], 'AWS::EC2::VPNGateway', { Type: 'ipsec.1' }, gateway['Tags']);
      for (const { VpcId } of gateway['VpcAttachments'])
        this.#make(`${gateway['VpnGatewayId']} attachment`, 'AWS::EC2::VPCGatewayAttachment', {
          VpcId: this.#to(VpcId),
          VpnGatewayId: this.#to(gateway['VpnGatewayId']),
        });
    }
    for (const connection of this.#list('VpnConnections')) {
      const id = connection['VpnConnectionId'];
      this.#make(
        id,
        'AWS::EC2::VPNConnection',
        {
          VpnGatewayId: this.#to(connection['VpnGatewayId']),
          TransitGatewayId: this.#to(connection['TransitGatewayId']),
          StaticRoutesOnly: connection['Options']?.StaticRoutesOnly ?? false,
          CustomerGatewayId: connection['CustomerGatewayId'],
        },
        connection['Tags'],
      );
      for (const { DestinationCidrBlock } of connection['Routes'] ?? [])
        this.#make(`${id} ${DestinationCidrBlock}`, 'AWS::EC2::VPNConnectionRoute', {
          VpnConnectionId: this.#to(id),
          DestinationCidrBlock,
        });
    }
    for (const gateway of this.#list('directConnectGateways'))
      this.#make(gateway['directConnectGatewayId'], 'AWS::DirectConnect::DirectConnectGateway', {
        DirectConnectGatewayName: gateway['directConnectGatewayName'],
      });
    for (const one of this.#list('directConnectGatewayAssociations'))
      this.#make(
        `association ${one['directConnectGatewayId']}`,
        'AWS::DirectConnect::DirectConnectGatewayAssociation',
        {
          DirectConnectGatewayId: this.#to(one['directConnectGatewayId']),
          AssociatedGatewayId: this.#to(one['associatedGateway'].id),
          AllowedPrefixesToDirectConnectGateway: one['allowedPrefixesToDirectConnectGateway'].map(
            ({ cidr }: Json) => cidr,
          ),
        },
      );
    for (const one of this.#list('virtualInterfaces'))
      this.#make(one['virtualInterfaceId'], 'AWS::DirectConnect::TransitVirtualInterface', {
        VirtualInterfaceName: one['virtualInterfaceName'],
        DirectConnectGatewayId: this.#to(one['directConnectGatewayId']),
        ConnectionId: one['connectionId'] ?? 'dxcon-1',
      });
  }
}
