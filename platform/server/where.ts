/**
 * The conditions of a list: only those that are asked for stand in the statement. PostgreSQL then keeps one plan for
 * each set of them; `$1 is null or …` would be planned anew with every request.
 */
export class Where {
  readonly params: unknown[] = []
  readonly #conditions: string[] = []

  /** Every list says its tenant itself, beside the policy: a value the planner can see. */
  constructor(column: string, tenantId: string) {
    this.and(`${column} = ?`, tenantId)
  }

  /** Each `?` takes a value. A condition with nothing to compare is left out. */
  and(condition: string, ...values: unknown[]): this {
    if (values.some((value) => value === null || value === undefined)) return this
    const rest = [...values]
    this.#conditions.push(condition.replaceAll('?', () => `$${this.params.push(rest.shift())}`))
    return this
  }

  /** Without a value: added when it holds. */
  andIf(holds: boolean, condition: string): this {
    return holds ? this.and(condition) : this
  }

  toString(): string {
    return this.#conditions.join(' and ')
  }
}

/**
 * How many rows to read for a page of `limit` and one more, as a number in the text: of a parameter the planner knows
 * nothing, and would plan each time. Three sizes, so that callers cannot fill a connection with statements.
 */
export const rowsFor = (limit: number): number => SIZES.find((size) => size > limit) ?? limit + 1

/** The last is one more than any page has (PageQuery). */
const SIZES = [11, 51, 201]
