import type { Answer } from './answer.ts'
import type { UnitHere } from './steps.ts'
import type { TemplateContent } from './template.ts'

/**
 * The units a record speaks of, by its answers: those that stood there then, also ones that are no more. Their kinds are told by the
 * sections that asked about them.
 */
export function unitsAnswered(
  { sections }: Pick<TemplateContent, 'sections'>,
  answers: readonly Answer[],
  units: readonly { id: string; name: string }[],
): UnitHere[] {
  return units.flatMap(({ id, name }) => {
    const asked = new Set(answers.filter(({ entryId }) => entryId === id).map(({ itemId }) => itemId))
    const kinds = sections.flatMap(({ repeat, items }) =>
      repeat?.per === 'unit' && items.some((item) => asked.has(item.id)) ? [repeat.unitKinds] : [],
    )
    const kind = kinds[0]?.find((one) => kinds.every((other) => other.includes(one)))
    return kind === undefined ? [] : [{ id, name, kind }]
  })
}
