'use client'
import { ArrowDown, ArrowUp, ChevronsUpDown, Columns3, Search } from 'lucide-react'
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { cx } from './classes.ts'
import { controlClass } from './field.tsx'
import { Menu } from './menu.tsx'
import { SkeletonRows } from './states.tsx'
import { Table, Td, Th, Tr } from './table.tsx'
import { filterRows, nextSort, type RowReader, type Sort, sortRows } from './table-rows.ts'

const ManyRows = lazy(() => import('./data-table-many.tsx'))

export type Column<Row> = RowReader<Row> & {
  label: string
  cell: (row: Row) => ReactNode
  align?: 'end'
  /** May be left out by the reader; `hidden` is left out until it is asked for. */
  optional?: boolean | 'hidden'
  className?: string
}

/** More than this many rows are drawn only where one looks. */
const drawnAtOnce = 120

/**
 * Rows that can be sorted, searched and cut down to the columns one needs. With `onOpen` the rows are walked with the
 * arrow keys and opened with Enter.
 */
export function DataTable<Row>({
  label,
  rows,
  rowKey,
  columns,
  sortAtFirst,
  searchable,
  tools,
  empty,
  onOpen,
}: {
  label: string
  rows: readonly Row[]
  rowKey: (row: Row) => string
  columns: readonly Column<Row>[]
  sortAtFirst?: Sort
  searchable?: boolean
  /** Filters and actions beside the search. */
  tools?: ReactNode
  /** Shown when there is no row at all; a search without result says so by itself. */
  empty?: ReactNode
  onOpen?: (row: Row) => void
}) {
  const t = useTranslations('ui.table')
  const locale = useLocale()
  const [sort, setSort] = useState<Sort | undefined>(sortAtFirst)
  const [query, setQuery] = useState('')
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () => new Set(columns.filter((column) => column.optional === 'hidden').map((column) => column.id)),
  )
  const [active, setActive] = useState(0)
  const place = useRef<HTMLDivElement>(null)
  const shownColumns = columns.filter((column) => !hidden.has(column.id))
  const shown = useMemo(
    () => sortRows(filterRows(rows, columns, query), columns, sort, locale),
    [rows, columns, query, sort, locale],
  )
  const tabStop = Math.min(active, shown.length - 1)

  function walk(event: KeyboardEvent<HTMLElement>) {
    if (!onOpen || !(event.target instanceof HTMLElement) || event.target.dataset.row === undefined) return
    const now = Number(event.target.dataset.row)
    const row = shown[now]
    if (event.key === 'Enter' && row !== undefined) return onOpen(row)
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: shown.length - 1 }[event.key]
    if (next === undefined || !shown[next]) return
    event.preventDefault()
    setActive(next)
    focusRow(place.current, next)
  }

  const head = (
    <tr>
      {shownColumns.map((column) => (
        <Heading
          key={column.id}
          column={column}
          sort={sort}
          onSort={() => {
            setSort(nextSort(sort, column.id))
            setActive(0)
          }}
        />
      ))}
    </tr>
  )

  function drawRow(index: number) {
    const row = shown[index]
    if (row === undefined) return null
    return (
      <Tr
        key={rowKey(row)}
        data-row={index}
        aria-rowindex={index + 2}
        {...(onOpen && {
          tabIndex: index === tabStop ? 0 : -1,
          onFocus: () => setActive(index),
          onClick: () => onOpen(row),
        })}
        className={onOpen && 'cursor-pointer transition-colors -outline-offset-2! hover:bg-sunken'}
      >
        {shownColumns.map((column) => (
          <Td key={column.id} className={cx(column.align === 'end' && 'text-end tabular-nums', column.className)}>
            {column.cell(row)}
          </Td>
        ))}
      </Tr>
    )
  }

  if (rows.length === 0 && empty) return empty
  return (
    <div ref={place}>
      {(searchable || tools || columns.some((column) => column.optional)) && (
        <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5 sm:px-5">
          {searchable && <SearchBox value={query} onChange={setQuery} />}
          {tools}
          <span className="ms-auto flex items-center gap-1">
            <span role="status" className="text-sm whitespace-nowrap text-ink-muted tabular-nums">
              {t('count', { shown: shown.length, all: rows.length })}
            </span>
            <ColumnChoice columns={columns} hidden={hidden} onChange={setHidden} />
          </span>
        </div>
      )}
      {shown.length === 0 ? (
        <p className="px-5 py-10 text-center text-sm text-ink-muted">{t('nothing')}</p>
      ) : shown.length > drawnAtOnce ? (
        <Suspense fallback={<SkeletonRows className="p-5" rows={8} />}>
          <ManyRows label={label} head={head} count={shown.length} row={drawRow} onKeyDown={walk} />
        </Suspense>
      ) : (
        <Table label={label} onKeyDown={walk}>
          <thead>{head}</thead>
          <tbody>{shown.map((_, index) => drawRow(index))}</tbody>
        </Table>
      )}
    </div>
  )
}

/** The row may have to be drawn first: it is asked for by scrolling, and focused when it is there. */
function focusRow(place: HTMLElement | null, index: number) {
  const find = () => place?.querySelector<HTMLElement>(`[data-row="${index}"]`)
  if (!find()) place?.querySelector('[data-many]')?.dispatchEvent(new CustomEvent('show-row', { detail: index }))
  requestAnimationFrame(() => find()?.focus())
}

function Heading<Row>({ column, sort, onSort }: { column: Column<Row>; sort: Sort | undefined; onSort: () => void }) {
  const direction = sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : 'none'
  const align = column.align === 'end' ? 'text-end' : ''
  if (!column.sortBy) return <Th className={align}>{column.label}</Th>
  const Arrow = { none: ChevronsUpDown, ascending: ArrowUp, descending: ArrowDown }[direction]
  return (
    <Th aria-sort={direction} className={align}>
      <button
        type="button"
        onClick={onSort}
        className={cx(
          '-mx-2 inline-flex min-h-10 items-center gap-1.5 rounded-md px-2 font-medium hover:text-ink',
          direction !== 'none' && 'text-ink',
          column.align === 'end' && 'flex-row-reverse',
        )}
      >
        {column.label}
        <Arrow aria-hidden className={cx('size-3.5', direction === 'none' && 'opacity-60')} />
      </button>
    </Th>
  )
}

/** Looks into what is on the page. */
export function SearchBox({
  value,
  onChange,
  label,
}: {
  value: string
  onChange: (text: string) => void
  label?: string
}) {
  const t = useTranslations('ui.table')
  return (
    <span className="relative block w-full sm:w-64">
      <Search aria-hidden className="pointer-events-none absolute inset-y-0 start-3 my-auto size-4 text-ink-muted" />
      <input
        type="search"
        aria-label={label ?? t('search')}
        placeholder={label ?? t('search')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={cx(controlClass, 'ps-9')}
      />
    </span>
  )
}

function ColumnChoice<Row>({
  columns,
  hidden,
  onChange,
}: {
  columns: readonly Column<Row>[]
  hidden: ReadonlySet<string>
  onChange: (hidden: ReadonlySet<string>) => void
}) {
  const t = useTranslations('ui.table')
  const optional = columns.filter((column) => column.optional)
  if (optional.length === 0) return null
  const toggle = (id: string) =>
    onChange(new Set(hidden.has(id) ? [...hidden].filter((one) => one !== id) : [...hidden, id]))
  return (
    <Menu
      label={t('columns')}
      align="end"
      className="inline-flex size-target items-center justify-center rounded-lg text-ink-muted hover:bg-sunken hover:text-ink [&_svg]:size-5"
      sections={[
        {
          id: 'columns',
          label: t('columns'),
          items: optional.map((column) => ({
            id: column.id,
            label: column.label,
            checked: !hidden.has(column.id),
            onSelect: () => toggle(column.id),
          })),
        },
      ]}
    >
      <Columns3 aria-hidden />
    </Menu>
  )
}
