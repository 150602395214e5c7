'use client'
import { UnitsBar } from '@opsflow/capabilities/temperature/web'
import { Definition, Panel, Table, Td, Th, Tr } from '@opsflow/platform/web'
import { Fragment } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { chooseLocation } from '../shell/choice.ts'
import { type Board, type Counts, countsOf } from './board-of.ts'
import { figuresOf } from './figures.ts'

type Locations = Board['locations']

/** Every location on one line, the worst first, under its group with the group's own sums. A name leads into it. */
export default function LocationsTable({ locations }: { locations: Locations }) {
  const t = useTranslations('app.dashboard')
  const groups = groupsOf(locations)
  return (
    <Panel
      title={
        <span className="inline-flex items-center gap-1">
          {t('locations')}
          <Definition of={t('locations')}>{t('locationsDefinition')}</Definition>
        </span>
      }
      hint={locations.length}
      flush
    >
      <Table label={t('locations')}>
        <thead>
          <tr>
            <Th>{t('location')}</Th>
            <Th className="min-w-44">{t('units')}</Th>
            <Th className="text-end!">{t('openAlarms')}</Th>
            <Th className="text-end!">{t('openActions')}</Th>
            <Th className="text-end!">{t('late')}</Th>
            <Th className="text-end!">{t('compliance')}</Th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ id, name, counts, members }) => (
            <Fragment key={id}>
              {groups.length > 1 && (
                <Tr className="bg-sunken/60">
                  <Th scope="rowgroup" className="text-sm font-semibold text-ink">
                    {name ?? t('noGroup')}
                  </Th>
                  <CountCells counts={counts} />
                </Tr>
              )}
              {members.map((location) => (
                <Tr key={location.id} className="transition-colors hover:bg-sunken">
                  <Td>
                    <button
                      type="button"
                      onClick={() => chooseLocation(location.id)}
                      className="min-h-target text-start font-medium whitespace-nowrap hover:text-accent-ink hover:underline"
                    >
                      {location.name}
                    </button>
                  </Td>
                  <CountCells counts={location.counts} />
                </Tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}

function CountCells({ counts }: { counts: Counts }) {
  const format = useFormatter()
  const { compliance } = figuresOf([counts])
  return (
    <>
      <Td>
        <UnitsBar counts={counts} />
      </Td>
      <Figure value={counts.openAlarms} loud />
      <Figure value={counts.openCorrectiveActions} />
      <Figure value={counts.tasksOverdue} />
      <Td className="text-end tabular-nums">
        {compliance === null ? '–' : format.number(compliance, { style: 'percent', maximumFractionDigits: 1 })}
      </Td>
    </>
  )
}

function Figure({ value, loud }: { value: number; loud?: boolean }) {
  const weight = value === 0 ? 'text-ink-muted' : loud ? 'font-semibold text-danger' : 'font-medium'
  return <Td className={`text-end tabular-nums ${weight}`}>{value}</Td>
}

/** Groups and their locations, the worst first. What lies under no group stands together. */
function groupsOf(locations: Locations) {
  const byGroup = new Map<string, Locations>()
  for (const location of locations) {
    const id = location.group?.id ?? 'none'
    byGroup.set(id, [...(byGroup.get(id) ?? []), location])
  }
  return [...byGroup]
    .map(([id, members]) => ({
      id,
      name: members[0]?.group?.name,
      counts: countsOf(members),
      members: ranked(members),
    }))
    .sort(byTrouble)
}

const ranked = (locations: Locations) => [...locations].sort(byTrouble)

function byTrouble(a: { name?: string | undefined; counts: Counts }, b: { name?: string | undefined; counts: Counts }) {
  return trouble(b.counts) - trouble(a.counts) || (a.name ?? '').localeCompare(b.name ?? '')
}

const trouble = (counts: Counts) => counts.alarm * 1000 + counts.fault * 100 + counts.silent * 10 + counts.drifting
