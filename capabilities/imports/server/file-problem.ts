import type { PackProblem } from '../pack-entry.ts'
import type { JsonProblem } from '../read-json.ts'

/** A file that is kept, and cannot be read: somebody can do something about it. */
export class FileProblem extends Error {
  readonly code: JsonProblem | PackProblem | 'file_empty' | 'file_too_large' | 'too_many_columns'

  constructor(code: FileProblem['code'], detail: string) {
    super(detail)
    this.code = code
  }
}
