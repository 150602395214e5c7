const keptUnder = (log: string) => `opsflow.kept-head.${log}`

/** The head of an organization's log that this browser kept when it last verified something. */
export const keptHead = (log: string): string | undefined => localStorage.getItem(keptUnder(log)) ?? undefined
export const keepHead = (log: string, head: string) => localStorage.setItem(keptUnder(log), head)
