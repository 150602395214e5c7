'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { buttonClass, Panel, Table, Td, Th, Tr } from '@opsflow/platform/web'
import { FileDown } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { AuditImport } from '../audit-import.ts'
import { useRefusedRows } from '../client/index.ts'

/** Rows that are not taken, each with why; as a file, to be mended and sent again. */
export function RefusedRows({ one, count }: { one: AuditImport; count: number }) {
  const t = useTranslations('imports')
  const { organizationId } = useViewer()
  const { data = [] } = useRefusedRows(one.id, count > 0)
  return (
    <Panel
      title={t('refused')}
      hint={t('refusedHint', { count })}
      flush
      actions={
        <a
          href={`/api/v1/audit-imports/${one.id}/refused.csv?${new URLSearchParams({ organizationId })}`}
          download
          className={buttonClass()}
        >
          <FileDown aria-hidden />
          {t('refusedFile')}
        </a>
      }
    >
      <Table label={t('refused')}>
        <thead>
          <tr>
            <Th>{t('cells.row')}</Th>
            <Th>{t('cells.column')}</Th>
            <Th>{t('cells.why')}</Th>
          </tr>
        </thead>
        <tbody>
          {data.map(({ row, column, code, message }) => (
            <Tr key={`${row} ${column} ${code}`}>
              <Td className="text-ink-muted tabular-nums">{row}</Td>
              <Td className="font-medium">{column}</Td>
              <Td>{t.has(`errors.${code}`) ? t(`errors.${code}`) : message}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}
