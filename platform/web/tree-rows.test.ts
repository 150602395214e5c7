import { describe, expect, test } from 'vitest'
import { treeStep, visibleRows } from './tree-rows.ts'

const tree = [
  { id: 'org', children: [{ id: 'north', children: [{ id: 'n1' }, { id: 'n2' }] }, { id: 'south' }] },
  { id: 'other', children: [] },
]
const open = new Set(['org', 'north'])
const isOpen = (id: string) => open.has(id)
const rows = visibleRows(tree, isOpen)
const press = (id: string, key: string) => treeStep(rows, isOpen, id, key)

describe('a tree', () => {
  test('shows open branches with their level and place among siblings', () => {
    expect(rows.map(({ node, level, position, siblings }) => [node.id, level, position, siblings])).toEqual([
      ['org', 1, 1, 2],
      ['north', 2, 1, 2],
      ['n1', 3, 1, 2],
      ['n2', 3, 2, 2],
      ['south', 2, 2, 2],
      ['other', 1, 2, 2],
    ])
    expect(visibleRows(tree, () => false).map((row) => row.node.id)).toEqual(['org', 'other'])
  })

  test('up and down go from row to row and stop at the ends', () => {
    expect(press('n2', 'ArrowDown')).toEqual({ to: 'south' })
    expect(press('south', 'ArrowUp')).toEqual({ to: 'n2' })
    expect(press('org', 'ArrowUp')).toBeUndefined()
    expect(press('other', 'ArrowDown')).toBeUndefined()
    expect(press('n1', 'Home')).toEqual({ to: 'org' })
    expect(press('n1', 'End')).toEqual({ to: 'other' })
  })

  test('right opens, then enters; left closes, then leaves', () => {
    expect(
      treeStep(
        visibleRows(tree, () => false),
        () => false,
        'org',
        'ArrowRight',
      ),
    ).toEqual({ open: 'org' })
    expect(press('org', 'ArrowRight')).toEqual({ to: 'north' })
    expect(press('north', 'ArrowLeft')).toEqual({ close: 'north' })
    expect(press('n1', 'ArrowLeft')).toEqual({ to: 'north' })
    expect(press('south', 'ArrowRight')).toBeUndefined()
    expect(press('other', 'ArrowRight')).toBeUndefined()
    expect(press('other', 'ArrowLeft')).toBeUndefined()
  })
})
