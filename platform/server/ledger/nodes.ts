import { Edge, type NodeAt } from '../../merkle.ts'
import type { ReadTx } from '../tenant.ts'
import { nodeGround } from './node-ground.ts'
import { KEPT_LEVELS } from './seal.ts'
import { readNodes } from './store-export.ts'

const TOGETHER = 2 ** KEPT_LEVELS

/** Roots of whole trees, out of those that are remembered, which are read 256 side by side and once. */
export function nodesOf(tx: ReadTx): NodeAt {
  const read = new Map<string, Promise<Buffer[]>>()
  const sideBySide = (level: number, first: number) => {
    const key = `${level}/${first}`
    const nodes = read.get(key) ?? readNodes(tx, level, first, first + TOGETHER)
    read.set(key, nodes)
    return nodes
  }
  return async (level, place) => {
    const kept = Math.floor(level / KEPT_LEVELS) * KEPT_LEVELS
    const width = 2 ** (level - kept)
    const from = place * width
    const first = Math.floor(from / TOGETHER) * TOGETHER
    const nodes = (await sideBySide(kept, first)).slice(from - first, from - first + width)
    if (nodes.length !== width) throw new Error(`the evidence log lacks nodes of level ${kept} from ${from} on`)
    const tree = new Edge(nodeGround.sha256)
    for (const node of nodes) tree.push(node)
    return tree.root()
  }
}
