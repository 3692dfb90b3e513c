/** Databases and other services whose interfaces stand in some of the subnets that they are given (semantics 1.21). */
import { groupType, subnetType } from './kinds.ts';
import { addInterface, placesOf } from './new-interface.ts';
import { flag, has, inner, type Listed, reference, references } from './property.ts';
import { type At, type Construct, notModelled, topOf } from './reading.ts';
import { anywhere, standsFor } from './serverless.ts';
import { Unknown } from './value.ts';

const subnetGroupType = 'AWS::RDS::DBSubnetGroup';

/** Read by what stands in it. */
export const subnetGroup = (identity: string, properties: readonly string[]): Construct => ({
  identities: [identity],
  properties: [identity, 'SubnetIds', 'Tags', ...properties],
});

/** How a service names its places and its groups, and what is true of its interfaces. */
interface Service {
  /** A property that names a group of subnets, and its type. */
  readonly through?: readonly [key: string, type: string];
  /** Lists of subnets among its properties, by path. */
  readonly subnets?: readonly (readonly string[])[];
  readonly groups: readonly (readonly string[])[];
  readonly description: string;
  /** Every subnet that it names holds an interface; otherwise one or some of them, and nobody knows which. */
  readonly inEach?: boolean;
  readonly public?: string;
  readonly identities?: readonly string[];
}

/** The object at the path, the last key of which is the property's. */
function reach(at: At, path: readonly string[]): readonly [At, string] | Unknown | undefined {
  let here = at;
  for (const key of path.slice(0, -1)) {
    const next = inner(here, key);
    if (next === undefined || next instanceof Unknown) return next;
    here = next;
  }
  const last = path.at(-1)!;
  return has(here, last) ? [here, last] : undefined;
}

function listedAt(at: At, paths: readonly (readonly string[])[], type: string): Listed<string> | undefined {
  const found: Listed<string>[] = paths.flatMap((path) => {
    const one = reach(at, path);
    if (one === undefined) return [];
    return one instanceof Unknown ? { known: [], unknown: [one] } : references(one[0], one[1], type);
  });
  return found.length === 0
    ? undefined
    : { known: found.flatMap((one) => one.known), unknown: found.flatMap((one) => one.unknown) };
}

function subnetsOf(at: At, { through, subnets }: Service): Listed<string> | Unknown | undefined {
  const direct = listedAt(at, subnets ?? [], subnetType);
  if (direct !== undefined || through === undefined) return direct;
  const [key, type] = through;
  const group = reference(at, key, type);
  if (group === undefined || group instanceof Unknown) return group;
  return group.resource === undefined
    ? new Unknown(`\`${group.id}\` is not in the input`)
    : references(topOf(at.in, group.resource), 'SubnetIds', subnetType);
}

/** Its interfaces: in each subnet where it is in all or there is one alone, else they may be in each. */
function readService(at: At, service: Service, own: At = at): void {
  const subnets = subnetsOf(own, service);
  if (subnets instanceof Unknown) {
    anywhere(at, service.through?.[0] ?? 'subnets', subnets);
    return;
  }
  if (subnets === undefined || subnets.known.length + subnets.unknown.length === 0) {
    notModelled(
      at,
      at.of.type,
      'its subnets are not told: it stands in the default VPC, or in none',
      'every question about it',
    );
    return;
  }
  const { certain, possible } = placesOf(at, subnets);
  const all = [...certain, ...possible];
  const exposed = service.public === undefined ? false : flag(at, service.public);
  for (const subnet of all)
    addInterface(at, {
      id: `${at.of.id}/${subnet}`,
      subnet,
      groups: listedAt(own, service.groups, groupType),
      interfaceType: 'interface',
      description: service.description,
      requesterManaged: true,
      public: exposed instanceof Unknown ? undefined : (exposed ?? false),
      uncertain: !certain.includes(subnet) || (service.inEach !== true && all.length > 1),
      own: standsFor(at, `${at.of.id}/${subnet}`),
    });
}

const database: Service = {
  through: ['DBSubnetGroupName', subnetGroupType],
  groups: [['VPCSecurityGroups'], ['VpcSecurityGroupIds']],
  description: 'RDSNetworkInterface',
  public: 'PubliclyAccessible',
};

/** Any property that is no place and no group changes nothing in what is reachable. */
const anyOther: Pick<Construct, 'properties' | 'others'> = { properties: [], others: true };

export const dbInstance: Construct = {
  ...anyOther,
  identities: ['DBInstanceIdentifier', 'DBInstanceArn', 'DbiResourceId'],
  read(at) {
    const cluster = reference(at, 'DBClusterIdentifier', 'AWS::RDS::DBCluster');
    const around =
      cluster === undefined || cluster instanceof Unknown || cluster.resource === undefined
        ? undefined
        : topOf(at.in, cluster.resource);
    if (around !== undefined) readService(at, database, around);
    else if (cluster instanceof Unknown) anywhere(at, 'DBClusterIdentifier', cluster);
    else readService(at, database);
  },
};

/** One without declared instances holds interfaces itself: a serverless one, or one of several zones. */
export const dbCluster: Construct = {
  ...anyOther,
  identities: ['DBClusterIdentifier', 'DBClusterArn', 'DBClusterResourceId'],
  read(at) {
    const instances = (at.in.byType.get('AWS::RDS::DBInstance') ?? []).some((one) => {
      const cluster = reference(one, 'DBClusterIdentifier', at.of.type);
      return cluster !== undefined && !(cluster instanceof Unknown) && cluster.id === at.of.id;
    });
    if (!instances) readService(at, database);
  },
};

export const service = (made: Service): Construct => ({
  ...anyOther,
  ...(made.identities === undefined ? {} : { identities: made.identities }),
  read: (at) => readService(at, made),
});

/** Services of the same pattern, by type. */
export const services: Readonly<Record<string, Construct>> = {
  'AWS::RDS::DBSubnetGroup': subnetGroup('DBSubnetGroupName', ['DBSubnetGroupDescription']),
  'AWS::RDS::DBInstance': dbInstance,
  'AWS::RDS::DBCluster': dbCluster,
  'AWS::RDS::DBProxy': service({
    subnets: [['VpcSubnetIds']],
    groups: [['VpcSecurityGroupIds']],
    description: 'RDSNetworkInterface',
    identities: ['DBProxyArn', 'DBProxyName'],
  }),
  'AWS::ElastiCache::SubnetGroup': subnetGroup('CacheSubnetGroupName', ['Description']),
  'AWS::ElastiCache::ReplicationGroup': service({
    through: ['CacheSubnetGroupName', 'AWS::ElastiCache::SubnetGroup'],
    groups: [['SecurityGroupIds']],
    description: 'ElastiCache',
    identities: ['ReplicationGroupId'],
  }),
  'AWS::ElastiCache::CacheCluster': service({
    through: ['CacheSubnetGroupName', 'AWS::ElastiCache::SubnetGroup'],
    groups: [['VpcSecurityGroupIds'], ['SecurityGroupIds']],
    description: 'ElastiCache',
    identities: ['ClusterName'],
  }),
  'AWS::ElastiCache::ServerlessCache': service({
    subnets: [['SubnetIds']],
    groups: [['SecurityGroupIds']],
    description: 'ElastiCache',
  }),
  'AWS::EFS::MountTarget': service({
    subnets: [['SubnetId']],
    groups: [['SecurityGroups']],
    description: 'EFS mount target',
    inEach: true,
  }),
  'AWS::OpenSearchService::Domain': service({
    subnets: [['VPCOptions', 'SubnetIds']],
    groups: [['VPCOptions', 'SecurityGroupIds']],
    description: 'ES ',
    inEach: true,
  }),
  'AWS::OpenSearchServerless::VpcEndpoint': service({
    subnets: [['SubnetIds']],
    groups: [['SecurityGroupIds']],
    description: 'Amazon OpenSearch',
    inEach: true,
  }),
  'AWS::Redshift::ClusterSubnetGroup': subnetGroup('ClusterSubnetGroupName', ['Description']),
  'AWS::Redshift::Cluster': service({
    through: ['ClusterSubnetGroupName', 'AWS::Redshift::ClusterSubnetGroup'],
    groups: [['VpcSecurityGroupIds']],
    description: 'RedshiftNetworkInterface',
    public: 'PubliclyAccessible',
  }),
  'AWS::MSK::Cluster': service({
    subnets: [['BrokerNodeGroupInfo', 'ClientSubnets']],
    groups: [['BrokerNodeGroupInfo', 'SecurityGroups']],
    description: 'Amazon MSK',
    inEach: true,
  }),
  'AWS::AmazonMQ::Broker': service({
    subnets: [['SubnetIds']],
    groups: [['SecurityGroups']],
    description: 'AmazonMQ',
    public: 'PubliclyAccessible',
  }),
  'AWS::FSx::FileSystem': service({
    subnets: [['SubnetIds']],
    groups: [['SecurityGroupIds']],
    description: 'AWS created network interface for FSx',
  }),
};
