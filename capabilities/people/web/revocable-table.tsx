import { Button, ConfirmDialog, RelativeTime, StatusBadge, Table, Td, Th, Tr } from '@opsflow/platform/web'
import { type ReactNode, useState } from 'react'

export type Revocable = {
  id: string
  name: string
  /** The first letters of its secret, to tell it from others. */
  prefix: string
  usedAt: string | null
  revokedAt: string | null
  /** What else is told about it, in the order of the headings. */
  details: readonly ReactNode[]
}

type Words = {
  name: string
  used: string
  never: string
  state: string
  active: string
  revoked: string
  revoke: string
  revokeText: string
  revokeQuestion: (name: string) => string
}

/** Keys and devices: known by a name and a secret, used now and then, revoked for good. On a phone the details stand below the name. */
export function RevocableTable({
  label,
  headings,
  rows,
  words,
  busy,
  onRevoke,
}: {
  label: string
  headings: readonly string[]
  rows: readonly Revocable[]
  words: Words
  busy: boolean
  /** Revokes it; `done` closes the question. */
  onRevoke: (id: string, done: () => void) => void
}) {
  const [asked, setAsked] = useState<Revocable>()
  const done = () => setAsked(undefined)
  return (
    <>
      <Table label={label}>
        <thead>
          <tr>
            <Th>{words.name}</Th>
            {headings.map((heading) => (
              <Th key={heading} className="max-sm:hidden">
                {heading}
              </Th>
            ))}
            <Th className="max-sm:hidden">{words.used}</Th>
            <Th>{words.state}</Th>
            <Th>
              <span className="sr-only">{words.revoke}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Tr key={row.id}>
              <Td className="max-sm:py-3">
                <span className="font-medium">{row.name}</span>
                <code className="block font-mono text-xs text-ink-muted">{row.prefix}…</code>
                <span className="mt-1 block text-xs text-ink-muted sm:hidden">
                  {row.details.map((detail, i) => (
                    <span key={headings[i]} className="block">
                      {detail}
                    </span>
                  ))}
                  {words.used}: <Used at={row.usedAt} never={words.never} />
                </span>
              </Td>
              {row.details.map((detail, i) => (
                <Td key={headings[i]} className="text-ink-muted max-sm:hidden">
                  {detail}
                </Td>
              ))}
              <Td className="text-ink-muted max-sm:hidden">
                <Used at={row.usedAt} never={words.never} />
              </Td>
              <Td>
                <StatusBadge tone={row.revokedAt ? 'neutral' : 'ok'}>
                  {row.revokedAt ? words.revoked : words.active}
                </StatusBadge>
              </Td>
              <Td className="text-end">
                {!row.revokedAt && (
                  <Button look="quiet" aria-label={`${row.name}: ${words.revoke}`} onClick={() => setAsked(row)}>
                    {words.revoke}
                  </Button>
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <ConfirmDialog
        open={asked !== undefined}
        title={words.revokeQuestion(asked?.name ?? '')}
        action={words.revoke}
        busy={busy}
        onClose={done}
        onConfirm={() => asked && onRevoke(asked.id, done)}
      >
        {words.revokeText}
      </ConfirmDialog>
    </>
  )
}

const Used = ({ at, never }: { at: string | null; never: string }) => (at ? <RelativeTime at={at} /> : never)
