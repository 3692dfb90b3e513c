/** SageMaker: notebook instances, domains, and models, with their own way to the internet where it is left open (semantics 14.10). */
import { groupType, subnetType, vpcType } from './kinds.ts';
import { resource } from './common.ts';
import { addInterface, placesOf } from './new-interface.ts';
import { has, idOf, inner, known, type Listed, references, text } from './property.ts';
import { type At, type Construct, note } from './reading.ts';
import { anywhere, standsFor } from './serverless.ts';
import { Unknown } from './value.ts';

const description = (at: At, what: string): string =>
  `[Do not delete] Network Interface created to access resources in your VPC for SageMaker ${what} ${at.of.address}`;

function interfaces(
  at: At,
  what: string,
  subnets: Listed<string>,
  groups: Listed<string> | undefined,
): readonly string[] {
  const { certain, possible } = placesOf(at, subnets);
  return [...certain, ...possible].flatMap((subnet) => {
    const id = `${at.of.id}/${subnet}`;
    const made = addInterface(at, {
      id,
      subnet,
      groups,
      interfaceType: 'interface',
      description: description(at, what),
      requesterManaged: true,
      public: false,
      uncertain: !certain.includes(subnet),
      own: standsFor(at, id),
    });
    return made ? [id] : [];
  });
}

export const notebookInstance: Construct = {
  identities: ['NotebookInstanceName', 'NotebookInstanceArn'],
  properties: ['SubnetId', 'SecurityGroupIds', 'DirectInternetAccess'],
  others: true,
  read(at) {
    const subnet = references(at, 'SubnetId', subnetType);
    const own = interfaces(
      at,
      'Notebook Instance',
      subnet,
      has(at, 'SecurityGroupIds') ? references(at, 'SecurityGroupIds', groupType) : undefined,
    );
    // On where it is not said to be off, which is AWS's default.
    const direct = text(at, 'DirectInternetAccess');
    if (direct === 'Disabled') return;
    if (direct instanceof Unknown) note(at, 'DirectInternetAccess', direct, 'it counts as on');
    if (own.length > 0) at.in.findings.directInternet.push({ ...resource(at), interfaces: own, subnets: [] });
  },
};

export const domain: Construct = {
  identities: ['DomainId', 'DomainArn'],
  properties: [
    'SubnetIds',
    'VpcId',
    'AppNetworkAccessType',
    'DefaultUserSettings',
    'DefaultSpaceSettings',
    'DomainSettings',
  ],
  others: true,
  read(at) {
    const vpc = idOf(at, 'VpcId', vpcType);
    if (vpc instanceof Unknown) note(at, 'VpcId', vpc, 'its subnets tell where it stands');
    const groups = [
      ['DefaultUserSettings', 'SecurityGroups'],
      ['DefaultSpaceSettings', 'SecurityGroups'],
      ['DomainSettings', 'SecurityGroupIds'],
    ].flatMap(([outer, key]) => {
      const one = inner(at, outer!);
      return one === undefined
        ? []
        : one instanceof Unknown
          ? { known: [], unknown: [one] }
          : references(one, key!, groupType);
    });
    const all = {
      known: [...new Set(groups.flatMap((one) => one.known))],
      unknown: groups.flatMap((one) => one.unknown),
    };
    const own = interfaces(
      at,
      'Domain',
      references(at, 'SubnetIds', subnetType),
      all.known.length + all.unknown.length === 0 ? undefined : all,
    );
    const access = text(at, 'AppNetworkAccessType');
    if (access === 'VpcOnly') return;
    if (access instanceof Unknown)
      note(at, 'AppNetworkAccessType', access, 'its own way to the internet counts as open');
    if (own.length > 0) at.in.findings.directInternet.push({ ...resource(at), interfaces: own, subnets: [] });
  },
};

/** What serves a model, at an endpoint or in a batch, has the model's interfaces. */
export const model: Construct = {
  identities: ['ModelName', 'ModelArn'],
  properties: ['VpcConfig'],
  others: true,
  read(at) {
    const config = inner(at, 'VpcConfig');
    if (config instanceof Unknown) anywhere(at, 'VpcConfig', config);
    else if (config !== undefined)
      interfaces(
        config,
        `Model ${known(text(at, 'ModelName')) ?? ''}`,
        references(config, 'Subnets', subnetType),
        references(config, 'SecurityGroupIds', groupType),
      );
  },
};
