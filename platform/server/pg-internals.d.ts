// The parts of node-postgres that a pipelined batch needs and its public types do not show.
declare module 'pg/lib/utils' {
  export function prepareValue(value: unknown): string | Buffer | null
}
