/** Cycles of a graph: which nodes come back to themselves, and by which others. */

/** By node on a cycle: the strongly connected component that it is of (Tarjan, 1972, without recursion). */
export function cyclesIn<Node>(
  nodes: readonly Node[],
  next: (node: Node) => readonly Node[],
): ReadonlyMap<Node, readonly Node[]> {
  const found = new Map<Node, readonly Node[]>();
  const index = new Map<Node, number>();
  const low = new Map<Node, number>();
  const path: Node[] = [];
  const onPath = new Set<Node>();
  const work: { readonly node: Node; readonly to: readonly Node[]; at: number }[] = [];
  const enter = (node: Node): void => {
    low.set(node, index.size);
    index.set(node, index.size);
    path.push(node);
    onPath.add(node);
    work.push({ node, to: next(node), at: 0 });
  };
  for (const root of nodes) {
    if (!index.has(root)) enter(root);
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const { node, to } = frame;
      if (frame.at < to.length) {
        const other = to[frame.at++]!;
        if (!index.has(other)) enter(other);
        else if (onPath.has(other)) low.set(node, Math.min(low.get(node)!, index.get(other)!));
        continue;
      }
      work.pop();
      const above = work.at(-1)?.node;
      if (above !== undefined) low.set(above, Math.min(low.get(above)!, low.get(node)!));
      if (low.get(node) !== index.get(node)) continue;
      const component = path.splice(path.lastIndexOf(node));
      for (const member of component) onPath.delete(member);
      if (component.length > 1 || to.includes(node)) for (const member of component) found.set(member, component);
    }
  }
  return found;
}
