import { refuse } from '@opsflow/platform/refusal'

const UNIQUE_VIOLATION = '23505'

export function orNameTaken(error: unknown): never {
  if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
  if ((error as { constraint?: string }).constraint === 'locations_code') {
    return refuse('conflict', 'locations.code_taken', {
      detail: 'Another location of this organization has this code.',
      errors: [{ path: 'body.code', code: 'locations.code_taken', message: 'Choose another code.' }],
    })
  }
  return refuse('conflict', 'locations.name_taken', {
    detail: 'Another location of this organization has this name.',
    errors: [{ path: 'body.name', code: 'locations.name_taken', message: 'Choose another name.' }],
  })
}

export function orGroupNameTaken(error: unknown): never {
  if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
  return refuse('conflict', 'locations.group_name_taken', {
    detail: 'A group beside it has this name.',
    errors: [{ path: 'body.name', code: 'locations.group_name_taken', message: 'Choose another name.' }],
  })
}
