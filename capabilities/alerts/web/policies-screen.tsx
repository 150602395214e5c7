'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, ErrorState, Field, NoPermission, PageHeader, Panel, Select, SkeletonRows } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useGroupChoices, usePolicies } from '../client/index.ts'
import { defaultPolicy } from '../default-policies.ts'
import type { Policy } from '../policy.ts'
import type { PolicyRecord } from '../policy-record.ts'
import { type Kind, type Severity, SORTS } from '../words.ts'
import { PolicyForm } from './policy-form.tsx'
import { PolicyWords } from './policy-words.tsx'

type Node = { groupId: string | null; locationId: string | null }

/** Who is told of what, when and how: in words, for the organization or any node of its tree. */
export function PoliciesScreen() {
  const t = useTranslations('alerts.policies')
  const viewer = useViewer()
  const may = viewer.canEverywhere('alerts.policy')
  const { data, error, refetch } = usePolicies(may)
  const [node, setNode] = useState('')
  const groups = useGroupChoices()
  if (!may) return <NoPermission />
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <Field label={t('where')} hint={t('whereHint')} className="mb-4 max-w-md">
        <Select value={node} onChange={(event) => setNode(event.target.value)}>
          <option value="">{t('organization')}</option>
          {groups.map(({ id, name }) => (
            <option key={id} value={`group ${id}`}>
              {t('group', { name })}
            </option>
          ))}
          {viewer.locations.map(({ id, name }) => (
            <option key={id} value={`location ${id}`}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data ? (
        <div className="grid gap-4 xl:grid-cols-2">
          {SORTS.map((sort) => (
            <Sort key={`${sort.kind} ${sort.severity} ${node}`} {...sort} node={nodeOf(node)} set={data.items} />
          ))}
        </div>
      ) : (
        <SkeletonRows rows={6} />
      )}
    </>
  )
}

function nodeOf(value: string): Node {
  const [kind, id = ''] = value.split(' ')
  return { groupId: kind === 'group' ? id : null, locationId: kind === 'location' ? id : null }
}

type SortProps = { kind: Kind; severity: Severity; node: Node; set: readonly PolicyRecord[] }

function Sort({ kind, severity, node, set }: SortProps) {
  const t = useTranslations('alerts.policies')
  const kinds = useTranslations('alerts.kinds')
  const [isEdited, setEdited] = useState(false)
  const of = set.filter((one) => one.kind === kind && one.severity === severity)
  const here = of.find((one) => one.groupId === node.groupId && one.locationId === node.locationId)
  const above = of.find((one) => one.groupId === null && one.locationId === null)
  const policy: Policy = here?.policy ?? above?.policy ?? defaultPolicy(kind, severity)
  const isAlone = SORTS.filter((one) => one.kind === kind).length === 1
  const name = isAlone ? kinds(kind) : t(`severities.${severity}`, { kind: kinds(kind) })
  return (
    <Panel
      title={name}
      hint={here ? t('setHere') : t(above ? 'fromOrganization' : 'default')}
      actions={
        <Button
          look="quiet"
          aria-expanded={isEdited}
          aria-label={t('editOf', { name })}
          onClick={() => setEdited(!isEdited)}
        >
          {isEdited ? t('cancel') : t('edit')}
        </Button>
      }
    >
      {isEdited ? (
        <PolicyForm
          sort={{ kind, severity }}
          node={node}
          record={here}
          policy={policy}
          onDone={() => setEdited(false)}
        />
      ) : (
        <PolicyWords policy={policy} />
      )}
    </Panel>
  )
}
