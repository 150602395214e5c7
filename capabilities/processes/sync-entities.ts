/** The kinds of rows that devices hold of this capability, as the feed names them. */
export const PROCESS = 'process'
export const PROBE = 'probe'
