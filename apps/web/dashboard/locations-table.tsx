'use client'
import { UnitsBar } from '@opsflow/capabilities/temperature/web'
import { Panel, Table, Td, Th, Tr } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import { chooseLocation } from '../shell/choice.ts'
import { type Board, type Counts, complianceOf } from './board-of.ts'

/** Every location on one line, the worst first. A name leads into it. */
export function LocationsTable({ locations }: { locations: Board['locations'] }) {
  const t = useTranslations('app.dashboard')
  const format = useFormatter()
  const ranked = [...locations].sort((a, b) => trouble(b.counts) - trouble(a.counts) || a.name.localeCompare(b.name))
  return (
    <Panel title={t('locations')} hint={locations.length} flush>
      <Table label={t('locations')}>
        <thead>
          <tr>
            <Th>{t('location')}</Th>
            <Th className="min-w-44">{t('units')}</Th>
            <Th className="text-end">{t('openAlarms')}</Th>
            <Th className="text-end">{t('openActions')}</Th>
            <Th className="text-end">{t('tasks')}</Th>
            <Th className="text-end">{t('compliance')}</Th>
          </tr>
        </thead>
        <tbody>
          {ranked.map(({ id, name, counts }) => {
            const compliance = complianceOf(counts)
            return (
              <Tr key={id} className="transition-colors hover:bg-sunken">
                <Td>
                  <button
                    type="button"
                    onClick={() => chooseLocation(id)}
                    className="min-h-target text-start font-medium whitespace-nowrap hover:text-accent-ink hover:underline"
                  >
                    {name}
                  </button>
                </Td>
                <Td>
                  <UnitsBar counts={counts} />
                </Td>
                <Figure value={counts.openAlarms} loud />
                <Figure value={counts.openCorrectiveActions} />
                <Figure value={counts.tasksOpen} />
                <Td className="text-end tabular-nums">
                  {compliance === undefined
                    ? '–'
                    : format.number(Math.floor(compliance * 1000) / 1000, {
                        style: 'percent',
                        maximumFractionDigits: 1,
                      })}
                </Td>
              </Tr>
            )
          })}
        </tbody>
      </Table>
    </Panel>
  )
}

function Figure({ value, loud }: { value: number; loud?: boolean }) {
  const weight = value === 0 ? 'text-ink-muted' : loud ? 'font-semibold text-danger' : 'font-medium'
  return <Td className={`text-end tabular-nums ${weight}`}>{value}</Td>
}

const trouble = (counts: Counts) => counts.alarm * 1000 + counts.fault * 100 + counts.silent * 10 + counts.drifting
