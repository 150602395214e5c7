'use client'
import { Button, Dialog, IconButton, Menu, Panel, useToast } from '@opsflow/platform/web'
import { ArrowDown, ArrowUp, Copy, Ellipsis, GripVertical, Pencil, Plus, Trash2 } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import {
  addItem,
  copyItem,
  moveItem,
  moveSection,
  newItem,
  newSection,
  placeItem,
  removeItem,
  removeSection,
  replaceItem,
  replaceSection,
} from '../../edit-draft.ts'
import type { Item, ItemKind } from '../../item.ts'
import type { DraftContent, Section } from '../../template.ts'
import type { TemplateProblem } from '../../template-problems.ts'
import { ItemSheet } from './item-sheet.tsx'
import { KINDS, KindIcon } from './kinds.tsx'
import { ProblemText } from './problem-text.tsx'
import { SectionSheet } from './section-sheet.tsx'
import { placeOfProblem } from './use-problems.ts'

type Change = (how: (content: DraftContent) => DraftContent) => void
type Props = { content: DraftContent; problems: readonly TemplateProblem[]; disabled: boolean; onChange: Change }
const mint = () => crypto.randomUUID()

/** Sections and their questions: added by a big button, put in order by hand, by buttons or by keys. */
export function DraftEditor({ content, problems, disabled, onChange }: Props) {
  const t = useTranslations('templates')
  const [adding, setAdding] = useState<string>()
  const [editing, setEditing] = useState<string>()
  const [naming, setNaming] = useState<string>()
  const item = content.sections.flatMap(({ items }) => items).find(({ id }) => id === editing)
  const section = content.sections.find(({ id }) => id === naming)
  const general = problems.filter((problem) => placeOfProblem(problem, content) === undefined)

  function add(kind: ItemKind) {
    if (!adding) return
    const made = newItem(kind, t(`kinds.${kind}`), mint)
    if (made.kind === 'choice') {
      made.options = made.options.map((option, n) => ({ ...option, label: t('option', { number: n + 1 }) }))
    }
    onChange((now) => addItem(now, adding, made))
    setAdding(undefined)
    setEditing(made.id)
  }

  return (
    <div className="grid gap-4">
      {general.map((problem) => (
        <ProblemText key={problem.code} problem={problem} />
      ))}
      {content.sections.map((one) => (
        <SectionPanel
          key={one.id}
          section={one}
          content={content}
          problems={problems}
          disabled={disabled}
          onChange={onChange}
          onAdd={() => setAdding(one.id)}
          onEdit={setEditing}
          onName={() => setNaming(one.id)}
        />
      ))}
      {!disabled && (
        <Button
          className="justify-self-start"
          onClick={() =>
            onChange((now) => ({
              ...now,
              sections: [
                ...now.sections,
                newSection(mint(), t('newSectionTitle', { number: now.sections.length + 1 })),
              ],
            }))
          }
        >
          <Plus aria-hidden />
          {t('addSection')}
        </Button>
      )}
      <Dialog open={adding !== undefined} onClose={() => setAdding(undefined)} title={t('whatToAsk')}>
        <ul className="grid grid-cols-2 gap-2">
          {KINDS.map((kind) => (
            <li key={kind}>
              <button
                type="button"
                onClick={() => add(kind)}
                className="flex min-h-16 w-full items-center gap-3 rounded-lg border border-line-strong/50 bg-surface px-3 py-2 text-start shadow-card transition-colors hover:border-accent hover:bg-accent-tint [&_svg]:size-5 [&_svg]:shrink-0 [&_svg]:text-accent-ink"
              >
                <KindIcon kind={kind} />
                <span className="min-w-0">
                  <span className="block text-[0.9375rem] leading-tight font-medium">{t(`kinds.${kind}`)}</span>
                  <span className="mt-0.5 block text-[0.8125rem] leading-snug text-ink-muted">
                    {t(`kindHints.${kind}`)}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </Dialog>
      {item && (
        <ItemSheet
          key={item.id}
          item={item}
          content={content}
          disabled={disabled}
          problems={problems.filter((problem) => placeOfProblem(problem, content) === item.id)}
          onChange={(changed) => onChange((now) => replaceItem(now, changed))}
          onClose={() => setEditing(undefined)}
        />
      )}
      {section && (
        <SectionSheet
          key={section.id}
          section={section}
          content={content}
          disabled={disabled}
          onChange={(changed) => onChange((now) => replaceSection(now, changed))}
          onClose={() => setNaming(undefined)}
        />
      )}
    </div>
  )
}

function SectionPanel({
  section,
  content,
  problems,
  disabled,
  onChange,
  onAdd,
  onEdit,
  onName,
}: Props & { section: Section; onAdd: () => void; onEdit: (id: string) => void; onName: () => void }) {
  const t = useTranslations('templates')
  const toast = useToast()
  const title = section.title || t('untitledSection')
  const at = content.sections.indexOf(section)
  const own = problems.filter((problem) => placeOfProblem(problem, content) === section.id)

  function remove() {
    const before = content
    onChange((now) => removeSection(now, section.id))
    toast({ message: t('removed', { name: title }), undo: () => onChange(() => before) })
  }
  const action = (id: string, label: string, icon: React.ReactNode, onSelect: () => void) => ({
    id,
    label,
    icon,
    onSelect,
  })
  const items = [
    action('edit', t('editSection'), <Pencil aria-hidden />, onName),
    ...(at > 0
      ? [action('up', t('moveUp'), <ArrowUp aria-hidden />, () => onChange((now) => moveSection(now, section.id, -1)))]
      : []),
    ...(at < content.sections.length - 1
      ? [
          action('down', t('moveDown'), <ArrowDown aria-hidden />, () =>
            onChange((now) => moveSection(now, section.id, 1)),
          ),
        ]
      : []),
    action('remove', t('remove'), <Trash2 aria-hidden />, remove),
  ]
  return (
    <Panel
      title={title}
      hint={sectionHint(section, t)}
      flush
      actions={
        !disabled && (
          <Menu
            label={t('actionsOf', { name: title })}
            align="end"
            className="inline-flex size-target shrink-0 items-center justify-center rounded-lg text-ink-muted transition-colors hover:bg-sunken hover:text-ink"
            sections={[{ id: 'actions', items }]}
          >
            <Ellipsis aria-hidden className="size-5" />
          </Menu>
        )
      }
    >
      {own.length > 0 && (
        <div className="px-5 pt-3">
          {own.map((problem) => (
            <ProblemText key={problem.path} problem={problem} />
          ))}
        </div>
      )}
      <ul className="divide-y divide-line">
        {section.items.map((item, n) => (
          <ItemRow
            key={item.id}
            item={item}
            problems={problems.filter((problem) => placeOfProblem(problem, content) === item.id)}
            disabled={disabled}
            onEdit={() => onEdit(item.id)}
            onMove={(by) => onChange((now) => moveItem(now, item.id, by))}
            onDropped={(id) => onChange((now) => placeItem(now, id, section.id, n))}
            onCopy={() => onChange((now) => copyItem(now, item.id, mint))}
            onRemove={() => {
              onChange((now) => removeItem(now, item.id))
              toast({ message: t('removed', { name: item.label }), undo: () => onChange(() => content) })
            }}
          />
        ))}
      </ul>
      {!disabled && (
        // biome-ignore lint/a11y/noStaticElementInteractions: a place to let go of what is dragged; keys and buttons do the same
        <div
          className="p-3"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => onChange((now) => placeItem(now, draggedIn(event), section.id, section.items.length))}
        >
          <Button look="secondary" className="min-h-14 w-full" onClick={onAdd}>
            <Plus aria-hidden />
            {t('addItem')}
          </Button>
        </div>
      )}
    </Panel>
  )
}

function sectionHint({ repeat }: Section, t: (key: string, values?: Record<string, string>) => string) {
  if (repeat === null) return undefined
  return repeat.per === 'unit' ? t('forEachUnit') : t('forEach', { noun: repeat.noun })
}

const draggedIn = (event: DragEvent) => event.dataTransfer.getData('text/plain')

function ItemRow({
  item,
  problems,
  disabled,
  onEdit,
  onMove,
  onDropped,
  onCopy,
  onRemove,
}: {
  item: Item
  problems: readonly TemplateProblem[]
  disabled: boolean
  onEdit: () => void
  onMove: (by: -1 | 1) => void
  onDropped: (id: string) => void
  onCopy: () => void
  onRemove: () => void
}) {
  const t = useTranslations('templates')
  const [isOver, setIsOver] = useState(false)

  function byKey(event: KeyboardEvent) {
    const by = event.altKey && ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key]
    if (!by) return
    event.preventDefault()
    onMove(by)
  }

  return (
    <li
      className={isOver ? 'bg-accent-tint' : undefined}
      onDragOver={(event) => {
        if (disabled) return
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        onDropped(draggedIn(event))
      }}
    >
      <div className="flex items-center gap-1 py-1 ps-2 pe-1 sm:ps-3">
        {!disabled && (
          <span
            aria-hidden
            draggable
            onDragStart={(event) => event.dataTransfer.setData('text/plain', item.id)}
            className="hidden size-8 shrink-0 cursor-grab items-center justify-center text-ink-muted md:flex"
          >
            <GripVertical className="size-4" />
          </span>
        )}
        <button
          type="button"
          onClick={onEdit}
          onKeyDown={disabled ? undefined : byKey}
          aria-keyshortcuts={disabled ? undefined : 'Alt+ArrowUp Alt+ArrowDown'}
          className="flex min-h-14 min-w-0 flex-1 items-center gap-3 rounded-lg px-2 py-1.5 text-start hover:bg-sunken [&_svg]:size-5 [&_svg]:shrink-0 [&_svg]:text-ink-muted"
        >
          <KindIcon kind={item.kind} />
          <span className="min-w-0 flex-1">
            <span className="block text-[0.9375rem] leading-snug font-medium text-pretty">{item.label}</span>
            <span className="dotted mt-0.5 flex flex-wrap text-sm text-ink-muted">
              <span>{t(`kinds.${item.kind}`)}</span>
              {item.isCritical && <span>{t('critical')}</span>}
              {!item.required && item.kind !== 'instruction' && <span>{t('optional')}</span>}
              {item.showIf && <span>{t('conditional')}</span>}
            </span>
            {problems.map((problem) => (
              <ProblemText key={problem.path} problem={problem} />
            ))}
          </span>
        </button>
        {!disabled && (
          <>
            <IconButton
              className="max-sm:hidden"
              label={t('moveUpOf', { name: item.label })}
              icon={<ArrowUp aria-hidden />}
              onClick={() => onMove(-1)}
            />
            <IconButton
              className="max-sm:hidden"
              label={t('moveDownOf', { name: item.label })}
              icon={<ArrowDown aria-hidden />}
              onClick={() => onMove(1)}
            />
            <Menu
              label={t('actionsOf', { name: item.label })}
              align="end"
              className="inline-flex size-target shrink-0 items-center justify-center rounded-lg text-ink-muted transition-colors hover:bg-sunken hover:text-ink"
              sections={[
                {
                  id: 'actions',
                  items: [
                    { id: 'edit', label: t('edit'), icon: <Pencil aria-hidden />, onSelect: onEdit },
                    { id: 'up', label: t('moveUp'), icon: <ArrowUp aria-hidden />, onSelect: () => onMove(-1) },
                    { id: 'down', label: t('moveDown'), icon: <ArrowDown aria-hidden />, onSelect: () => onMove(1) },
                    { id: 'copy', label: t('copyItem'), icon: <Copy aria-hidden />, onSelect: onCopy },
                    { id: 'remove', label: t('remove'), icon: <Trash2 aria-hidden />, onSelect: onRemove },
                  ],
                },
              ]}
            >
              <Ellipsis aria-hidden className="size-5" />
            </Menu>
          </>
        )}
      </div>
    </li>
  )
}
