export type TreeNode = { id: string; children?: readonly TreeNode[] | undefined }
export type TreeRow<Node> = {
  node: Node
  level: number
  position: number
  siblings: number
  parentId: string | undefined
}

/** The rows one sees, in order: what lies in a closed branch is not among them. */
export function visibleRows<Node extends TreeNode>(
  nodes: readonly Node[],
  isOpen: (id: string) => boolean,
  level = 1,
  parentId?: string,
): TreeRow<Node>[] {
  return nodes.flatMap((node, index) => [
    { node, level, position: index + 1, siblings: nodes.length, parentId },
    ...(node.children && isOpen(node.id)
      ? visibleRows(node.children as readonly Node[], isOpen, level + 1, node.id)
      : []),
  ])
}

export type TreeStep = { to: string } | { open: string } | { close: string }

/** Where a key leads, as WAI-ARIA describes a tree. */
export function treeStep<Node extends TreeNode>(
  rows: readonly TreeRow<Node>[],
  isOpen: (id: string) => boolean,
  id: string,
  key: string,
): TreeStep | undefined {
  const at = rows.findIndex((row) => row.node.id === id)
  const row = rows[at]
  if (!row) return undefined
  const to = (target: TreeRow<Node> | undefined) => target && { to: target.node.id }
  const isBranch = (row.node.children?.length ?? 0) > 0
  if (key === 'ArrowDown') return to(rows[at + 1])
  if (key === 'ArrowUp') return to(rows[at - 1])
  if (key === 'Home') return to(rows[0])
  if (key === 'End') return to(rows.at(-1))
  if (key === 'ArrowRight') {
    if (!isBranch) return undefined
    return isOpen(id) ? to(rows[at + 1]) : { open: id }
  }
  if (key === 'ArrowLeft') {
    if (isBranch && isOpen(id)) return { close: id }
    return row.parentId === undefined ? undefined : { to: row.parentId }
  }
  return undefined
}
