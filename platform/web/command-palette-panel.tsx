'use client'
import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from './classes.ts'
import DialogPanel from './dialog-panel.tsx'
import { plainText } from './table-rows.ts'

export type Command = {
  id: string
  label: string
  /** What tells it from others of the same name; found by it as well. */
  hint?: string
  group: string
  icon?: ReactNode
  run: () => void
}

const mostShown = 60

export default function CommandPalettePanel({
  open,
  onClose,
  commands,
}: {
  open: boolean
  onClose: () => void
  commands: Command[]
}) {
  const t = useTranslations('ui.commands')
  return (
    <DialogPanel open={open} onClose={onClose} title={t('title')} place="top" quietTitle>
      {open && <Finder commands={commands} onClose={onClose} />}
    </DialogPanel>
  )
}

function Finder({ commands, onClose }: { commands: Command[]; onClose: () => void }) {
  const t = useTranslations('ui.commands')
  const id = useId()
  const [query, setQuery] = useState('')
  const [index, setIndex] = useState(0)
  const found = matching(commands, query).slice(0, mostShown)

  function choose(command: Command | undefined) {
    if (!command) return
    onClose()
    command.run()
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Enter') return choose(found[index])
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step || found.length === 0) return
    event.preventDefault()
    const next = (index + step + found.length) % found.length
    setIndex(next)
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
  }

  return (
    <div className="flex max-h-[70dvh] flex-col">
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search aria-hidden className="size-5 text-ink-muted" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette exists to be typed into
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={found[index] ? `${id}-${index}` : undefined}
          aria-label={t('title')}
          placeholder={t('placeholder')}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setIndex(0)
          }}
          onKeyDown={onKey}
          className="h-14 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-ink-muted"
        />
      </div>
      <div id={id} role="listbox" aria-label={t('title')} tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto p-2">
        {found.map((command, place) => (
          <div key={command.id}>
            {command.group !== found[place - 1]?.group && (
              <p className="px-3 pt-2 pb-1 text-xs font-medium text-ink-muted">{command.group}</p>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the combobox that owns this list */}
            <div
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === index}
              onPointerMove={() => setIndex(place)}
              onClick={() => choose(command)}
              className={cx(
                'flex min-h-target items-center gap-3 rounded-lg px-3 text-sm [&_svg]:size-4 [&_svg]:text-ink-muted',
                place === index && 'bg-sunken',
              )}
            >
              {command.icon}
              <span className="min-w-0 flex-1 truncate">{command.label}</span>
              {command.hint && <span className="shrink-0 text-ink-muted">{command.hint}</span>}
            </div>
          </div>
        ))}
        {found.length === 0 && <p className="px-3 py-8 text-center text-sm text-ink-muted">{t('nothing')}</p>}
      </div>
    </div>
  )
}

function matching(commands: Command[], query: string) {
  const words = plainText(query).split(/\s+/).filter(Boolean)
  return commands.filter((command) => {
    const text = plainText(`${command.label} ${command.hint ?? ''} ${command.group}`)
    return words.every((word) => text.includes(word))
  })
}
