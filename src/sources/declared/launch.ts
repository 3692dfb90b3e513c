/** What is launched of instances: their own properties, then those of their launch template or configuration. */
import { interfaceType, groupType, subnetType } from './kinds.ts';
import { elasticOf } from './elastic-address.ts';
import { subnetFacts } from './subnet-facts.ts';
import { addressesIn, isFirst } from './interface.ts';
import { mayBe } from './every.ts';
import { addInterface } from './new-interface.ts';
import {
  flag,
  has,
  idOf,
  inner,
  known,
  type Listed,
  objects,
  reference,
  references,
  settle,
  text,
  whole,
} from './property.ts';
import { type At, type Construct, note, topOf } from './reading.ts';
import { Unknown } from './value.ts';

export const launchTemplateType = 'AWS::EC2::LaunchTemplate';

/** Read by what launches instances of it. */
export const launchTemplate: Construct = {
  identities: ['LaunchTemplateId', 'LaunchTemplateName'],
  properties: ['LaunchTemplateName', 'LaunchTemplateData', 'TagSpecifications', 'VersionDescription', 'Tags'],
  // Versions are told apart by nobody: what is declared is the newest.
  attribute: (_, name) => (/Version(?:Number)?$/.test(name) ? '$Latest' : undefined),
};

export const launchConfiguration: Construct = {
  identities: ['LaunchConfigurationName'],
  properties: [
    'LaunchConfigurationName',
    'SecurityGroups',
    'AssociatePublicIpAddress',
    'ImageId',
    'InstanceType',
    'InstanceId',
    'KeyName',
    'IamInstanceProfile',
    'BlockDeviceMappings',
    'EbsOptimized',
    'InstanceMonitoring',
    'KernelId',
    'MetadataOptions',
    'PlacementTenancy',
    'RamDiskId',
    'SpotPrice',
    'UserData',
    'ClassicLinkVPCId',
    'ClassicLinkVPCSecurityGroups',
  ],
};

/** Where properties of a launch stand: the first that has one counts. */
export interface Launch {
  readonly sources: readonly At[];
  /** Its template is not known: groups, interfaces and addresses may be any. */
  readonly unknown?: Unknown;
}

/** By `LaunchTemplate` {LaunchTemplateId or LaunchTemplateName}. */
export function launchOf(at: At, specification: At | Unknown | undefined = inner(at, 'LaunchTemplate')): Launch {
  if (specification === undefined) return { sources: [at] };
  if (specification instanceof Unknown) return { sources: [at], unknown: specification };
  const found = ['LaunchTemplateId', 'LaunchTemplateName']
    .map((key) => reference(specification, key, launchTemplateType))
    .find((one) => one !== undefined);
  if (found instanceof Unknown) return { sources: [at], unknown: found };
  const template =
    found?.resource ??
    (at.in.byType.get(launchTemplateType) ?? []).find((one) => known(text(one, 'LaunchTemplateName')) === found?.id)
      ?.of;
  if (template === undefined)
    return { sources: [at], unknown: new Unknown(`the launch template \`${found?.id ?? ''}\` is not in the input`) };
  const data = inner(topOf(at.in, template), 'LaunchTemplateData');
  if (data === undefined || data instanceof Unknown)
    return { sources: [at], unknown: data ?? new Unknown('the launch template tells no data') };
  const version = text(specification, 'Version');
  if (version !== undefined && (version instanceof Unknown || !/^\$|^0$/.test(version)))
    at.in.findings.warnings.push(
      `\`${at.of.address}\`: version ${known(version) ?? 'that is not known'} of \`${template.address}\` is taken to be as its newest one, which is declared.`,
    );
  return { sources: [at, data] };
}

const first = (sources: readonly At[], key: string): At | undefined => sources.find((at) => has(at, key));

export interface Placed {
  readonly instance: string;
  /** Undefined: where the launch itself says. */
  readonly subnet?: string;
  readonly uncertain: boolean;
}

/** The interfaces of one instance; those that are declared by themselves are there already. */
export function launchInterfaces(
  at: At,
  { sources, unknown }: Launch,
  { instance, subnet: given, uncertain }: Placed,
): readonly string[] {
  const listed = first(sources, 'NetworkInterfaces');
  const specs = listed === undefined ? { known: [], unknown: [] } : objects(listed, 'NetworkInterfaces');
  if (unknown !== undefined || specs.unknown.length > 0)
    note(at, 'LaunchTemplate', unknown ?? specs.unknown[0]!, 'its interfaces may have any group and a public address');
  const open = unknown !== undefined || specs.unknown.length > 0;
  const top = at;
  const ids: string[] = [];
  const make = (spec: At | undefined, index: number): void => {
    const named = spec && idOf(spec, 'NetworkInterfaceId', interfaceType);
    if (typeof named === 'string' && named !== '') {
      ids.push(named);
      return;
    }
    const alone = specs.known.length <= 1;
    const primary = index === 0 && at.of.id === instance ? known(text(at, 'PrimaryNetworkInterface')) : undefined;
    const exists = at.in.around.instanceInterfaces.get(instance)?.[index] ?? (primary === '' ? undefined : primary);
    const id = exists ?? `${instance}/eth${index}`;
    const from = [...(spec === undefined ? [] : [spec]), ...(index === 0 ? sources : [])];
    const places = given === undefined ? subnetsIn(from) : { certain: [given], possible: [] };
    const elastic = elasticOf(at.in, id, index === 0 ? instance : undefined);
    const groups = open ? { known: [], unknown: [unknown ?? specs.unknown[0]!] } : groupsIn(from);
    const holder = first(from, 'AssociatePublicIpAddress');
    const asked = holder === undefined ? undefined : flag(holder, 'AssociatePublicIpAddress');
    const check = first(sources, 'SourceDestCheck');
    const checked = check === undefined ? undefined : flag(check, 'SourceDestCheck');
    const addressed =
      first(from, 'PrivateIps') ?? first(from, 'PrivateIpAddress') ?? first(from, 'PrivateIpAddresses') ?? spec ?? top;
    const publicIp = elastic.publicIp ?? publicIpIn(from);
    const own = addressesIn(addressed, publicIp);
    const shownAlready = own.addresses.some(({ publicIp: shown }) => shown !== undefined);
    for (const subnet of [...places.certain, ...places.possible]) {
      const assigned = publicAt(at, subnet, asked, alone);
      const exposed =
        elastic.has === true || assigned === true
          ? true
          : elastic.has === undefined || assigned === undefined
            ? undefined
            : false;
      const made = places.certain.length + places.possible.length === 1 ? id : `${id}/${subnet}`;
      // What exists shows the addresses that it has.
      const isTold = own.addresses.length > 0 && at.of.id !== at.of.address;
      const added = addInterface(at, {
        id: made,
        subnet,
        groups,
        interfaceType: known(spec === undefined ? undefined : text(spec, 'InterfaceType')) ?? 'interface',
        description: known(spec === undefined ? undefined : text(spec, 'Description')) ?? '',
        requesterManaged: false,
        ...own,
        public: shownAlready || (isTold && elastic.has === false) ? false : exposed,
        uncertain: uncertain || places.certain.length === 0 || checked instanceof Unknown,
        instance,
        primary: spec === undefined ? true : (isFirst(spec) ?? index === 0),
        sourceDestCheck: settle(checked, true, false),
      });
      if (added) ids.push(made);
    }
  };
  if (specs.known.length === 0) make(undefined, 0);
  else
    for (const [index, spec] of specs.known.entries()) {
      const device = known(whole(spec, 'DeviceIndex')) ?? index;
      make(spec, device);
    }
  return ids;
}

const publicIpIn = (sources: readonly At[]): string | undefined =>
  sources.map((at) => known(text(at, 'PublicIp'))).find((one) => one !== undefined && one !== '');

/** By the launch's word, else by its subnet's (semantics 1.9); AWS assigns none to an instance with several interfaces. */
function publicAt(at: At, subnet: string, asked: boolean | Unknown | undefined, alone: boolean): boolean | undefined {
  if (asked instanceof Unknown) return undefined;
  if (asked !== undefined) return asked;
  const mapped = subnetFacts(at.in, subnet)?.mapPublicIpOnLaunch;
  return mapped === true && !alone ? false : mapped;
}

function subnetsIn(sources: readonly At[]): {
  readonly certain: readonly string[];
  readonly possible: readonly string[];
} {
  const holder = first(sources, 'SubnetId');
  if (holder === undefined) return { certain: [], possible: [] };
  const { known: certain, unknown } = references(holder, 'SubnetId', subnetType);
  const possible = unknown.flatMap((one) => mayBe(holder, one, subnetType));
  return { certain: certain.slice(0, 1), possible: [...new Set(possible)] };
}

/** Groups by id; those by name are of the default VPC, which is not declared. */
function groupsIn(sources: readonly At[]): Listed<string> | undefined {
  for (const at of sources)
    for (const key of ['GroupSet', 'Groups', 'SecurityGroupIds', 'SecurityGroups'])
      if (has(at, key)) {
        const listed = references(at, key, groupType);
        if (listed.known.length + listed.unknown.length > 0) return listed;
      }
  return undefined;
}
