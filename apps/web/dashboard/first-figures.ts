import { choiceKey } from '../shell/first-calls.ts'
import type { Counts } from './board-of.ts'
import { type Figures, figuresOf } from './figures.ts'

declare global {
  interface Window {
    /** The figures as they were written on the page before there was a screen. */
    opsflowFigures?: Partial<Record<string, string>>
  }
}

type Board = { locations: { id: string; counts: Counts }[] }

/**
 * Writes the dashboard's figures into their places the moment the board arrives, seconds before the screens' code has
 * on a slow phone. Its text runs in the head, so it uses nothing but what it is given.
 */
function paintFirstFigures(toFigures: (all: readonly Counts[]) => Figures, key: string) {
  const asked = window.opsflowFirst?.find(({ path }) => path.endsWith('/dashboard'))
  const { locationId } = JSON.parse(localStorage.getItem(key) ?? '{}') as { locationId?: string }
  const textOf = (name: string, value: number | null) =>
    value === null
      ? '–'
      : value.toLocaleString(
          document.documentElement.lang,
          name === 'compliance' ? { style: 'percent', maximumFractionDigits: 1 } : {},
        )
  const paint = () => {
    for (const place of document.querySelectorAll<HTMLElement>('[data-figure]')) {
      const text = window.opsflowFigures?.[place.dataset.figure ?? '']
      if (text !== undefined) place.textContent = text
    }
  }
  const take = ({ locations }: Board) => {
    const here = locations.filter(({ id }) => id === locationId)
    const figures = toFigures((here.length > 0 ? here : locations).map(({ counts }) => counts))
    window.opsflowFigures = Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [name, textOf(name, value)]),
    )
    paint()
    document.addEventListener('DOMContentLoaded', paint)
  }
  asked?.answer
    .then((answer) => (answer.ok ? (answer.clone().json() as Promise<Board>).then(take) : undefined))
    .catch(() => undefined)
}

export const firstFiguresScript = `try{(${paintFirstFigures})(${figuresOf},'${choiceKey}')}catch{}`
