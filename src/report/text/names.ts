/** Resources as people know them: the id with the name, from the document's own topology. */
import type { Topology } from '../../result/topology.ts';

export type Names = (id: string) => string;

const places: Readonly<Record<string, string>> = {
  internet: 'the internet',
  onprem: 'on premises',
  'on-premises': 'on premises',
  dns: 'the Amazon resolver',
};

/** `eni-1 (web-1)`; a name alone for what has an ARN for an id. */
export function namesOf({ places: known }: Topology): Names {
  const names = new Map(known.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const])));
  return (id) => {
    const name = names.get(id);
    if (id.startsWith('arn:')) return name ?? id.slice(id.lastIndexOf('/') + 1);
    if (id.startsWith('potential:')) return name ?? id;
    return name === undefined ? (places[id] ?? id) : `${id} (${name})`;
  };
}
