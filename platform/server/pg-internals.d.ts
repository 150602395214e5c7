// The parts of node-postgres that a pipelined batch needs and its public types do not show.
declare module 'pg/lib/result' {
  export default class Result {
    constructor(rowMode: undefined, types: { getTypeParser(oid: number, format?: string): (text: string) => unknown })
    rows: unknown[]
    addFields(fields: unknown[]): void
    addRow(row: unknown): void
    parseRow(fields: (string | null)[]): unknown
  }
}
declare module 'pg/lib/utils' {
  export function prepareValue(value: unknown): string | Buffer | null
}
