/** A result as one SVG: the paths that it found, one below the other; the network where it found none. */
import type { Block, Flow } from '../../result/answer.ts';
import type { AskDocument, CheckDocument, TraceDocument } from '../../result/document.ts';
import type { Topology } from '../../result/topology.ts';
import { namesOf } from '../text/names.ts';
import { questionText } from '../text/question.ts';
import { atlasOf } from './atlas.ts';
import { picturesFile } from './draw.ts';
import { pathPicture } from './path.ts';
import { topologyPicture } from './topology.ts';

interface Titled {
  readonly title: string;
  readonly flow: Flow;
}

export const checkSvg = ({ results, topology }: CheckDocument): Promise<string> =>
  svgOf(
    results.flatMap(({ title, id, counterexamples }) =>
      counterexamples.map((flow): Titled => ({ title: title ?? id, flow })),
    ),
    results.flatMap(({ blockedBy }) => blockedBy),
    topology,
  );

export function askSvg({ question, flow, blockedBy = [], topology }: AskDocument): Promise<string> {
  const [title = ''] = questionText(question, namesOf(topology));
  return svgOf(flow === undefined ? [] : [{ title, flow }], blockedBy, topology);
}

export function traceSvg({ question, hops, return: back, deliveredTo, topology }: TraceDocument): Promise<string> {
  const { from, packet } = question;
  const anything = { src: [], dst: [], protocols: [], srcPorts: [], dstPorts: [], icmpTypes: [], icmpCodes: [] };
  const flow: Flow = {
    from: hops[0]?.resource ?? from,
    to: deliveredTo ?? packet.dst,
    packet,
    family: anything,
    hops,
    ...(back === undefined ? {} : { return: back }),
  };
  return svgOf([{ title: '', flow }], [], topology);
}

async function svgOf(paths: readonly Titled[], blocks: readonly Block[], topology: Topology): Promise<string> {
  const atlas = atlasOf(topology);
  if (paths.length === 0) {
    const { picture } = await topologyPicture(atlas, [{ blocks }], 'map');
    return picturesFile([picture]);
  }
  const pictures = [];
  for (const [i, { title, flow }] of paths.entries()) pictures.push(await pathPicture(flow, atlas, title, `path-${i}`));
  return picturesFile(pictures);
}
