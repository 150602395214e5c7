import type { Problem } from '../route.ts'

/** The server's refusal, as the screen receives it. `code` picks the sentence, `errors` point at fields. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }

  get status() {
    return this.problem.status
  }

  get code() {
    return this.problem.code
  }

  /** What is wrong with one field of the body, if anything. */
  fieldError(path: string) {
    return this.problem.errors?.find((error) => error.path === path)?.message
  }
}

/** No answer at all: no network, or no server. The write may or may not have happened; its key makes a retry safe. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}
