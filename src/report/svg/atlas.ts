/** Where each place of a topology stands: what it is drawn in, a subnet, a VPC, a transit gateway. */
import type { Topology, TopologyEdge, TopologyPlace } from '../../result/topology.ts';

export interface Atlas {
  readonly places: ReadonlyMap<string, TopologyPlace>;
  readonly edges: readonly TopologyEdge[];
  /** The place it is drawn in; undefined for what stands outside all others, and for what is not known. */
  readonly homeOf: (id: string) => string | undefined;
  /** The place itself, then what it stands in, outwards. */
  readonly chainOf: (id: string) => readonly string[];
  /** `web-1`; what has no name goes by its id, and what has an ARN for one by the ARN's end. */
  readonly titleOf: (id: string) => string;
}

export function atlasOf({ places: all, edges }: Topology): Atlas {
  const places = new Map(all.map((place) => [place.id, place]));
  const attached = new Map<string, TopologyPlace[]>();
  for (const { from, to, kind } of edges) {
    const end = places.get(to);
    if (kind !== 'attachment' || end === undefined) continue;
    const ends = attached.get(from);
    if (ends === undefined) attached.set(from, [end]);
    else ends.push(end);
  }
  const homes = new Map<string, string | undefined>();
  const homeOf = (id: string): string | undefined => {
    if (!homes.has(id)) {
      // What leads to itself stands outside.
      homes.set(id, undefined);
      homes.set(id, found(id));
    }
    return homes.get(id);
  };
  const found = (id: string): string | undefined => {
    const place = places.get(id);
    if (place === undefined) return undefined;
    const ends = attached.get(id) ?? [];
    const parent = place.parent === undefined ? undefined : places.get(place.parent);
    if (parent !== undefined) {
      const [only, ...others] = ends.filter(({ kind }) => kind === 'subnet');
      return only !== undefined && others.length === 0 && parent.kind === 'vpc' ? only.id : parent.id;
    }
    if (!carried.has(place.kind) || ends.length === 0) return undefined;
    const [first = [], ...rest] = ends.map((end) => chainOf(end.id).slice(end.kind === 'subnet' ? 0 : 1));
    return first.find((each) => rest.every((chain) => chain.includes(each)));
  };
  const chainOf = (id: string): readonly string[] => {
    const chain = [id];
    for (let home = homeOf(id); home !== undefined && !chain.includes(home); home = homeOf(home)) chain.push(home);
    return chain;
  };
  return { places, edges, homeOf, chainOf, titleOf: (id) => places.get(id)?.name ?? spoken[id] ?? endOf(id) };
}

/** What has no place of its own, and stands where that to which it is attached does. */
const carried: ReadonlySet<string> = new Set(['network-firewall', 'instance', 'web-acl']);

const spoken: Readonly<Record<string, string>> = {
  internet: 'the internet',
  onprem: 'on premises',
  'on-premises': 'on premises',
  dns: 'the Amazon resolver',
};

const endOf = (id: string): string => (id.startsWith('arn:') ? id.slice(id.lastIndexOf('/') + 1) : id);
