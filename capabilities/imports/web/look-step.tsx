'use client'
import { Button, Field, Panel, Select, StatusBadge, Table, Td, Th, Tr } from '@opsflow/platform/web'
import { ArrowRight } from 'lucide-react'
import { useFormatter, useTranslations } from 'use-intl'
import type { AuditImport, Encoding, Look } from '../audit-import.ts'
import { useReadOtherwise } from '../client/index.ts'
import { ColumnsPanel } from './columns-panel.tsx'
import { LeftOutList } from './left-out-list.tsx'
import { Notice } from './notice.tsx'
import { ProblemText } from './problem-text.tsx'
import { RefusedRows } from './refused-rows.tsx'

/** Of words, not of our own reading: core's list would bring its schemas along. */
const ENCODINGS: readonly Encoding[] = ['utf-8', 'windows-1252', 'utf-16le']

/** What the file is and what each row of it would be. What is in doubt is asked; nothing is imported by looking. */
export function LookStep({ one, look, onNext }: { one: AuditImport; look: Look; onNext: () => void }) {
  const t = useTranslations('imports')
  const read = useReadOtherwise(one.id)
  const isCsv = look.mapping !== null
  return (
    <>
      <Panel
        title={one.fileName}
        hint={t('holds', { rows: one.rows.total ?? 0, places: look.places })}
        actions={
          <Button look="primary" disabled={look.missing.length > 0} onClick={onNext}>
            {t('toPlaces')}
            <ArrowRight aria-hidden />
          </Button>
        }
      >
        <div className="grid gap-4">
          <p className="text-[0.9375rem]">
            <span className="font-semibold">{t(`kinds.${look.mapping?.source ?? one.kind ?? 'inspections'}`)}</span>
          </p>
          {one.failure && t.has(`problems.${one.failure}`) && (
            <Notice tone="danger">{t(`problems.${one.failure}`)}</Notice>
          )}
          {look.missing.map((what) => (
            <Notice key={what} tone="danger">
              {t(`missing.${what}`)}
            </Notice>
          ))}
          {look.doubts.map((doubt) => (
            <Notice key={doubt} tone="warn">
              {t(`doubts.${doubt}`)}
            </Notice>
          ))}
          {look.photos && look.photos.named > 0 && (
            <Notice tone={look.photos.found < look.photos.named ? 'warn' : 'info'}>
              {t(look.photos.found < look.photos.named ? 'photos.found' : 'photos.all', look.photos)}
            </Notice>
          )}
          {look.refused > 0 && <Notice tone="warn">{t('refusedOf', { count: look.refused })}</Notice>}
          {isCsv && (
            <Field label={t('encoding')} className="max-w-xs">
              <Select
                value={one.encoding ?? 'utf-8'}
                disabled={read.isPending}
                onChange={(event) => read.mutate({ encoding: event.target.value as Encoding, mapping: look.mapping })}
              >
                {ENCODINGS.map((encoding) => (
                  <option key={encoding} value={encoding}>
                    {t(`encodings.${encoding}`)}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          {read.error && <ProblemText error={read.error} />}
        </div>
      </Panel>
      <Rows look={look} />
      {look.mapping && (
        <ColumnsPanel
          columns={look.columns}
          mapping={look.mapping}
          isOpen={look.missing.length > 0 || look.doubts.includes('day_and_month_ambiguous')}
          isBusy={read.isPending}
          onMapping={(mapping) => read.mutate({ encoding: one.encoding ?? 'utf-8', mapping })}
        />
      )}
      <Disagreements look={look} />
      <LeftOutList look={look} />
      {look.refused > 0 && <RefusedRows one={one} count={look.refused} />}
    </>
  )
}

function Rows({ look }: { look: Look }) {
  const t = useTranslations('imports')
  if (look.rows.length === 0) return null
  return (
    <Panel title={t('firstRows')} hint={t('firstRowsHint')} flush>
      <Table label={t('firstRows')}>
        <thead>
          <tr>
            {(['row', 'day', 'place', 'what', 'result', 'found'] as const).map((column) => (
              <Th key={column}>{t(`cells.${column}`)}</Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {look.rows.map(({ row, given, errors }) => (
            <Tr key={row}>
              <Td className="text-ink-muted tabular-nums">{row}</Td>
              {given ? (
                <>
                  <Td className="whitespace-nowrap tabular-nums">{given.auditDate}</Td>
                  <Td className="min-w-40 font-medium">{given.place}</Td>
                  <Td>{given.name}</Td>
                  <Td>
                    {[given.result, given.grade, given.score]
                      .filter((said) => said !== null && said !== '')
                      .join(' · ')}
                  </Td>
                  <Td className="tabular-nums">{given.findings}</Td>
                </>
              ) : (
                <Td colSpan={5}>
                  <StatusBadge tone="danger">{t('notTaken')}</StatusBadge>{' '}
                  {errors.map(({ column, code, message }) => (
                    <span key={`${column} ${code}`} className="ms-2 text-sm text-ink-muted">
                      {column && <span className="font-medium text-danger">{column}</span>}{' '}
                      {t.has(`errors.${code}`) ? t(`errors.${code}`) : message}
                    </span>
                  ))}
                </Td>
              )}
            </Tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}

/** A posted grade that its points do not come to: both are kept. */
function Disagreements({ look }: { look: Look }) {
  const t = useTranslations('imports')
  const format = useFormatter()
  if (look.disagreeing === 0) return null
  return (
    <Panel title={t('disagreements')} hint={t('disagreementsHint', { count: look.disagreeing })} flush>
      <Table label={t('disagreements')}>
        <thead>
          <tr>
            {(['row', 'place', 'points', 'given', 'computed'] as const).map((column) => (
              <Th key={column}>{t(`cells.${column}`)}</Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {look.disagreements.map(({ row, place, points, given, computed }) => (
            <Tr key={row}>
              <Td className="text-ink-muted tabular-nums">{row}</Td>
              <Td className="font-medium">{place}</Td>
              <Td className="tabular-nums">{points === null ? '' : format.number(points)}</Td>
              <Td>{given}</Td>
              <Td>{computed}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}
