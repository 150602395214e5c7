type Place<T> = { next: Map<string, Place<T>>; anything?: Place<T>; methods: Map<string, T>; names: string[] }

export type Found<T> = { what: T; params: Record<string, string> } | { methods: string[] } | undefined

/** Finds a route by method and path in as many steps as the path has segments, however many routes there are. */
export class RouteMap<T> {
  readonly #root: Place<T> = newPlace()

  /** `{id}` in a path stands for any segment; a segment by name goes before it. */
  add(method: string, path: string, what: T) {
    const names: string[] = []
    let place = this.#root
    for (const segment of segmentsOf(path)) {
      const name = /^\{(\w+)\}$/.exec(segment)?.[1]
      if (name) {
        names.push(name)
        place.anything ??= newPlace()
        place = place.anything
      } else {
        const next = place.next.get(segment) ?? newPlace<T>()
        place.next.set(segment, next)
        place = next
      }
    }
    place.names = names
    place.methods.set(method, what)
  }

  /** The route with its parameters decoded; for a path without this method, the methods it has. */
  find(method: string, path: string): Found<T> {
    const values: string[] = []
    const place = search(this.#root, segmentsOf(path), 0, values)
    if (!place) return undefined
    const what = place.methods.get(method)
    if (what === undefined) return { methods: [...place.methods.keys()] }
    return {
      what,
      params: Object.fromEntries(place.names.map((name, i) => [name, decodeURIComponent(values[i] ?? '')])),
    }
  }
}

const newPlace = <T>(): Place<T> => ({ next: new Map(), methods: new Map(), names: [] })

const segmentsOf = (path: string) => path.split('/').slice(1)

function search<T>(place: Place<T>, segments: string[], at: number, values: string[]): Place<T> | undefined {
  const segment = segments[at]
  if (segment === undefined) return place.methods.size > 0 ? place : undefined
  const named = place.next.get(segment)
  const found = named && search(named, segments, at + 1, values)
  if (found || !place.anything || segment === '') return found
  values.push(segment)
  const other = search(place.anything, segments, at + 1, values)
  if (!other) values.pop()
  return other
}
