/** The other tabs of this browser that show the same replica. */
export type Tabs = {
  /** One tab at a time does the work; without locks all may try, and the numbers keep it single. */
  alone: <T>(work: () => Promise<T>) => Promise<T>
  tell: (news: News) => void
  close: () => void
}

/** A tab wrote: its count of writes, and the keys of the server's rows it touched (none named: too many). */
export type News = { change: number; keys?: readonly string[] } | 'wiped'

export function browserTabs(name: string, onNews: (news: News) => void): Tabs {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`opsflow.${name}`)
  if (channel) channel.onmessage = ({ data }: { data: News }) => onNews(data)
  const locks = globalThis.navigator?.locks
  return {
    alone: (work) => (locks ? (locks.request(`opsflow.${name}`, work) as ReturnType<typeof work>) : work()),
    tell: (news) => channel?.postMessage(news),
    close: () => channel?.close(),
  }
}
