/** Where boxes, groups of boxes and the lines between them stand on the page; the layout is ELK's. */
import type { ELK as ElkApi, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Where lines may end, on the left or the right side; absent: anywhere. */
  readonly ports?: readonly { readonly id: string; readonly side: 'left' | 'right'; readonly y: number }[];
}

export interface Group {
  readonly id: string;
  /** Room for its title. */
  readonly minWidth: number;
  readonly children: readonly (Box | Group)[];
}

/** From a box or a port of one to another. */
export interface Wire {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** In pixels of one sheet, whose upper left corner is 0, 0. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Rectangle>;
  readonly wires: ReadonlyMap<string, readonly Point[]>;
}

const options = {
  'elk.algorithm': 'layered',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.padding': '[top=8,left=8,bottom=8,right=8]',
};

const spacing = (between: number, layers: number) => ({
  'elk.spacing.nodeNode': String(between),
  'elk.spacing.edgeNode': '10',
  'elk.spacing.edgeEdge': '8',
  'elk.spacing.componentComponent': String(between),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(layers),
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
});

/** The height of a group's title. */
export const groupHead = 34;

export async function laidOut(
  children: readonly (Box | Group)[],
  wires: readonly Wire[],
  direction: 'right' | 'down',
): Promise<Layout> {
  const { default: Elk } = (await import('elkjs/lib/elk.bundled.js')) as unknown as { default: new () => ElkApi };
  const space = direction === 'right' ? spacing(14, 30) : spacing(28, 30);
  const graph: ElkNode = {
    id: '\0root',
    layoutOptions: { ...options, ...space, 'elk.direction': direction === 'right' ? 'RIGHT' : 'DOWN' },
    children: children.map((each) => elkNode(each, space)),
    edges: wires.map(({ id, from, to }): ElkExtendedEdge => ({ id, sources: [from], targets: [to] })),
  };
  const done = await new Elk().layout(graph);
  const boxes = new Map<string, Rectangle>();
  const visit = ({ id, x = 0, y = 0, width = 0, height = 0, children: inner = [] }: ElkNode) => {
    boxes.set(id, { x, y, width, height });
    for (const child of inner) visit(child);
  };
  for (const child of done.children ?? []) visit(child);
  return {
    width: done.width ?? 0,
    height: done.height ?? 0,
    boxes,
    wires: new Map((done.edges ?? []).map((edge) => [edge.id ?? '', pointsOf(edge)])),
  };
}

function elkNode(each: Box | Group, space: Readonly<Record<string, string>>): ElkNode {
  if ('children' in each)
    return {
      id: each.id,
      ...(each.children.length > 0 ? {} : { width: each.minWidth, height: groupHead + 12 }),
      children: each.children.map((child) => elkNode(child, space)),
      layoutOptions: {
        ...space,
        'elk.padding': `[top=${groupHead},left=12,bottom=12,right=12]`,
        'elk.nodeSize.constraints': 'MINIMUM_SIZE',
        'elk.nodeSize.minimum': `(${each.minWidth}, ${groupHead + 12})`,
      },
    };
  const { id, width, height, ports } = each;
  if (ports === undefined) return { id, width, height };
  return {
    id,
    width,
    height,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: ports.map((port) => ({
      id: port.id,
      x: port.side === 'left' ? 0 : width,
      y: port.y,
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': port.side === 'left' ? 'WEST' : 'EAST' },
    })),
  };
}

const pointsOf = ({ sections = [] }: ElkExtendedEdge): readonly Point[] =>
  sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
