import type { ShowIf } from '@opsflow/capabilities/checklists'
import type { PeerItem } from './safetyculture.ts'

type Is = ShowIf['of'][number]['is']

/** A peer's conditions by their ids, as far as ours can say the same. */
const SAYS: Record<string, { is: Is; several?: true; value?: string }> = {
  // of a question, and of a list
  '3f206180-e4f6-11e1-aff1-0800200c9a66': { is: 'answered' },
  '3f206182-e4f6-11e1-aff1-0800200c9a66': { is: 'equal' },
  '3f206183-e4f6-11e1-aff1-0800200c9a66': { is: 'not_equal' },
  '3f206184-e4f6-11e1-aff1-0800200c9a66': { is: 'equal', several: true },
  '3f206185-e4f6-11e1-aff1-0800200c9a66': { is: 'not_equal', several: true },
  '35f6c130-e500-11e1-aff1-0800200c9a66': { is: 'answered' },
  '35f6c132-e500-11e1-aff1-0800200c9a66': { is: 'equal' },
  '35f6c133-e500-11e1-aff1-0800200c9a66': { is: 'not_equal' },
  '35f6c134-e500-11e1-aff1-0800200c9a66': { is: 'equal', several: true },
  '35f6c135-e500-11e1-aff1-0800200c9a66': { is: 'not_equal', several: true },
  // of a slider: less than, more than
  'cda7c330-e500-11e1-aff1-0800200c9a66': { is: 'below' },
  'cda7c335-e500-11e1-aff1-0800200c9a66': { is: 'above' },
  // of a checkbox and a switch
  '4e671f40-e4ff-11e1-aff1-0800200c9a66': { is: 'equal', value: 'yes' },
  '4e671f41-e4ff-11e1-aff1-0800200c9a66': { is: 'equal', value: 'no' },
  '3d346f00-e501-11e1-aff1-0800200c9a66': { is: 'equal', value: 'yes' },
  '3d346f01-e501-11e1-aff1-0800200c9a66': { is: 'equal', value: 'no' },
  // of a text, long and short
  '7c441470-e501-11e1-aff1-0800200c9a66': { is: 'equal' },
  '7c441471-e501-11e1-aff1-0800200c9a66': { is: 'not_equal' },
  '6ff300f0-e501-11e1-aff1-0800200c9a66': { is: 'equal' },
  '6ff300f1-e501-11e1-aff1-0800200c9a66': { is: 'not_equal' },
  // of a signature
  '831f8ff0-e500-11e1-aff1-0800200c9a66': { is: 'answered' },
}
const MOST_CONDITIONS = 10

/**
 * When what lies in a smart field is shown, in our words. Null: it cannot be said. `optionOf`: our id of a peer's choice;
 * a text stands for itself.
 */
export function showIfOf(
  field: PeerItem,
  itemId: string,
  optionOf: ((id: string) => string | undefined) | null,
): ShowIf | null {
  const says = SAYS[String(field.options?.condition ?? '')]
  if (!says) return null
  const { is, several, value } = says
  if (is === 'answered') return { every: 'all', of: [{ itemId, is, value: '' }] }
  const given = value === undefined ? valuesOf(field) : [value]
  const values = optionOf && value === undefined ? given.map(optionOf) : given
  if (values.length === 0 || values.length > MOST_CONDITIONS || (values.length > 1 && !several && is !== 'equal'))
    return null
  const known = values.filter((one): one is string => one !== undefined && one.length <= 300)
  if (known.length < values.length) return null
  const of = known.map((one) => ({ itemId, is, value: one }))
  return { every: is === 'not_equal' ? 'all' : 'any', of }
}

function valuesOf({ options }: PeerItem): string[] {
  const values = Array.isArray(options?.values) ? options.values : []
  return values.filter((one) => typeof one === 'string' || typeof one === 'number').map(String)
}
