/** Whose answer a file holds: account and Region, out of folder and file names or out of the answer itself. */
import { isObject } from './fields.ts';

export interface Scope {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

const accountNumber = /(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])/;
const regionName =
  /(?<![0-9A-Za-z])[a-z]{2}(?:-gov|-isoe?|-isob|-isof)?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d(?![0-9A-Za-z])/;

/** The innermost folder or file name that holds a 12-digit account number or a Region's name decides. */
export function scopeOfName(file: string): Scope {
  const names = file.split(/[/\\]/).reverse();
  const first = (pattern: RegExp): string | undefined => {
    for (const name of names) {
      const found = pattern.exec(name)?.[0];
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { account: first(accountNumber), region: first(regionName) };
}

/** The owners and the Region that resources show: those that the answer can be about. */
export function scopesOfItems(items: readonly { readonly json: object }[], told: Scope): readonly Scope[] {
  const owners = new Set<string>();
  let region = told.region;
  for (const [index, { json }] of items.entries()) {
    const { OwnerId: owner = ownerOfService(json) } = json as Record<string, unknown>;
    if (typeof owner === 'string' && /^\d{12}$/.test(owner)) owners.add(owner);
    // One answer is of one Region, which its first resources tell if any do.
    if (index < 16) region ??= regionIn(json);
  }
  if (told.account !== undefined) return [{ account: told.account, region }];
  return owners.size === 0 ? [{ account: undefined, region }] : [...owners].map((account) => ({ account, region }));
}

/** Endpoint services and their connections show no owner but that of the load balancers behind them. */
function ownerOfService(json: object): string | undefined {
  const { NetworkLoadBalancerArns: network, GatewayLoadBalancerArns: gateway } = json as Record<string, unknown>;
  const [arn] = [network, gateway].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  return typeof arn === 'string' ? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] : undefined;
}

/** The Region that a zone's name or an ARN tells. */
function regionIn(json: object): string | undefined {
  const { AvailabilityZone: zone } = json as Record<string, unknown>;
  if (typeof zone === 'string') return /^[a-z]{2}(?:-[a-z]+)+-\d/.exec(zone)?.[0];
  for (const value of Object.values(json))
    if (typeof value === 'string' && value.startsWith('arn:')) return /^arn:[^:]*:[^:]*:([^:]+)/.exec(value)?.[1];
  return undefined;
}

/** Narrows a scope by a key that groups answers: `{"123456789012": {"us-east-1": {…}}}`. */
export const scopeOfKey = (key: string, outer: Scope): Scope => {
  const inner = scopeOfName(key);
  return { account: inner.account ?? outer.account, region: inner.region ?? outer.region };
};

/** Parameters that do not narrow an answer. A token of the page before does: it leaves out what that held. */
const neutral = new Set(['DryRun', 'MaxResults', 'MaxItems', 'PageSize', 'maxResults']);

/** Whether a request asks for everything. */
export const isWhole = (request: unknown): boolean =>
  !isObject(request) || Object.keys(request).every((key) => neutral.has(key));

/** An account is shown its own alone of these, and of what others own what stands in its VPCs or is shared with it. */
const ownAlone = new Set(['SecurityGroups', 'NetworkInterfaces']);

interface Scoped {
  readonly answer: { readonly key: string; readonly items: readonly { readonly json: object }[] };
  readonly scopes: readonly Scope[];
}

/** The account and the Region that asked, as far as these answers of one folder tell just one. */
export function readerOf(answers: readonly Scoped[]): Scope {
  const all = answers.flatMap(({ answer, scopes }) => scopes.map((scope) => ({ key: answer.key, ...scope })));
  const own = all.filter(({ key, account }) => ownAlone.has(key) && account !== undefined);
  const interfaces = own.filter(({ key }) => key === 'NetworkInterfaces');
  const owners = new Set(answers.flatMap(({ answer }) => (answer.key === 'SecurityGroups' ? hosts(answer.items) : [])));
  return {
    account:
      owners.size > 0
        ? only([...owners])
        : (only((own.length > 0 ? own : all).map(({ account }) => account)) ??
          only(interfaces.map(({ account }) => account))),
    region: only(all.map(({ region }) => region)),
  };
}

/** Who has a VPC's default group, which the VPC's owner alone is shown: nobody can share it (semantics 1.25, 2.29). */
const hosts = (groups: readonly { readonly json: object }[]): readonly string[] =>
  groups.flatMap(({ json }) => {
    const { GroupName: name, OwnerId: owner } = json as Record<string, unknown>;
    return name === 'default' && typeof owner === 'string' ? [owner] : [];
  });

/** Of these an account is shown some that others own: what it stands in, and what is shared with it. */
const shownInPart = new Set(['SecurityGroups', 'Subnets', 'PrefixLists']);

/** Whose things the answer tells all of: its reader's, where it shows some of others. */
export const toldBy = ({ answer: { key }, scopes }: Scoped, reader: Scope | undefined): readonly Scope[] =>
  shownInPart.has(key) && reader?.account !== undefined && scopes.length > 0
    ? [{ account: reader.account, region: scopes[0]!.region }]
    : scopes;

const only = (values: readonly (string | undefined)[]): string | undefined => {
  const told = new Set(values.filter((value) => value !== undefined));
  return told.size === 1 ? [...told][0] : undefined;
};

/** An account sees the attachments of its transit gateways and of its VPCs: whose answer it is where one account alone sees all. */
export function readerOfAttachments(items: readonly { readonly json: object }[]): string | undefined {
  const ends = items.map(({ json }) => {
    const { TransitGatewayOwnerId: gateway, ResourceOwnerId: resource } = json as Record<string, unknown>;
    return [gateway, resource];
  });
  const all = [...new Set(ends[0])].filter((account) => ends.every((pair) => pair.includes(account)));
  return all.length === 1 && typeof all[0] === 'string' ? all[0] : undefined;
}
