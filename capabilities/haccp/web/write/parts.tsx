import { Button, IconButton } from '@opsflow/platform/web'
import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'

export const mint = () => crypto.randomUUID()

/** One of several, as it was, with this of it otherwise. */
export const changed = <One extends { id: string }>(all: readonly One[], id: string, part: Partial<One>): One[] =>
  all.map((one) => (one.id === id ? { ...one, ...part } : one))

export const without = <One extends { id: string }>(all: readonly One[], id: string): One[] =>
  all.filter((one) => one.id !== id)

/** Several of a kind, each in a frame of its own with a way to take it out, and one more at the end. */
export function Parts<One extends { id: string }>({
  all,
  nameOf,
  onRemove,
  onAdd,
  add,
  children,
}: {
  all: readonly One[]
  nameOf: (one: One, n: number) => string
  onRemove: (one: One) => void
  onAdd: () => void
  add: string
  children: (one: One) => ReactNode
}) {
  const t = useTranslations('haccp.write')
  return (
    <div className="grid gap-4">
      {all.map((one, n) => (
        <section
          key={one.id}
          aria-label={nameOf(one, n)}
          className="relative min-w-0 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5"
        >
          <div className="mb-2 flex items-center gap-2">
            <h3 className="min-w-0 flex-1 font-semibold text-pretty">{nameOf(one, n)}</h3>
            <IconButton
              label={t('remove', { name: nameOf(one, n) })}
              icon={<Trash2 aria-hidden />}
              onClick={() => onRemove(one)}
            />
          </div>
          <div className="grid gap-4 sm:grid-cols-2">{children(one)}</div>
        </section>
      ))}
      <Button className="max-w-full justify-self-start py-1.5 text-start whitespace-normal!" onClick={onAdd}>
        <Plus aria-hidden />
        {add}
      </Button>
    </div>
  )
}
