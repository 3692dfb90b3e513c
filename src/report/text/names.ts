/** Resources as people know them: the id with the name, from the document's own topology. */
import type { Topology } from '../../result/topology.ts';

export interface Names {
  /** `eni-1 (web-1)`; a name alone for what has an ARN for an id. */
  readonly of: (id: string) => string;
  /** The text with a name behind each id in backticks that has one, once a text. */
  readonly in: (text: string) => string;
}

const places: Readonly<Record<string, string>> = {
  internet: 'the internet',
  onprem: 'on premises',
  'on-premises': 'on premises',
  dns: 'the Amazon resolver',
};

export function namesOf({ places: known }: Topology): Names {
  const names = new Map(known.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const])));
  return {
    of(id) {
      const name = names.get(id);
      if (id.startsWith('arn:')) return name ?? id.slice(id.lastIndexOf('/') + 1);
      if (id.startsWith('potential:')) return name ?? id;
      return name === undefined ? (places[id] ?? id) : `${id} (${name})`;
    },
    in(text) {
      const said = new Set<string>();
      return text.replaceAll(/`([^`]*)`/g, (quoted, id: string) => {
        const name = names.get(id);
        if (name === undefined || said.has(id)) return quoted;
        said.add(id);
        return id.startsWith('arn:') || id.startsWith('potential:') ? `\`${name}\`` : `${quoted} (${name})`;
      });
    },
  };
}
