import { refuse } from '@opsflow/platform/refusal'

const UNIQUE_VIOLATION = '23505'

export function orNameTaken(error: unknown): never {
  if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
  return refuse('conflict', 'locations.name_taken', {
    detail: 'Another location of this organization has this name.',
    errors: [{ path: 'body.name', code: 'locations.name_taken', message: 'Choose another name.' }],
  })
}
