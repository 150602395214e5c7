'use client'
import { forgetPushHere, useSignOut } from '@opsflow/capabilities/people/client'
import { Unreachable } from '@opsflow/platform/client/api'
import { useReplica } from '@opsflow/platform/client/sync/use-replica'
import { Button, Dialog, RelativeTime } from '@opsflow/platform/web'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { rememberOrganization } from './choice.ts'
import { forgetKeptSessions } from './kept-session.ts'
import { rememberToLeave } from './leaving.ts'
import { peopleHere } from './people-here.ts'
import { useSignedIn } from './session.ts'
import { leaveBehind, type WorkHere, workIn } from './stores-here.ts'

/** The way out. With nothing unsent it is one step; otherwise it says what would stay here, and offers to send it first. */
export default function Leave({ onStay }: { onStay: () => void }) {
  const t = useTranslations('app.leave')
  const replica = useReplica()
  const own = useOwnStores()
  const leave = useLeave(own)
  const [work, setWork] = useState<WorkHere>()
  const [sending, setSending] = useState<'now' | 'failed'>()

  const look = useCallback(async () => {
    const found = await workIn(own())
    if (found.unsent + found.needsAttention + found.drafts === 0) await leave()
    else setWork(found)
  }, [own, leave])
  useEffect(() => void look(), [look])

  async function sendFirst() {
    setSending('now')
    await replica?.sync()
    await look()
    setSending('failed')
  }

  if (!work) return null
  const { unsent, needsAttention, drafts, oldestAt } = work
  const isKept = unsent + needsAttention > 0
  return (
    <Dialog
      open
      onClose={onStay}
      title={t('title')}
      footer={
        <>
          <Button onClick={() => void leave()}>{t(isKept ? 'keep' : 'leave')}</Button>
          {unsent > 0 ? (
            <Button look="primary" busy={sending === 'now'} onClick={() => void sendFirst()}>
              {t('send')}
            </Button>
          ) : (
            <Button look="primary" onClick={onStay}>
              {t('stay')}
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-3 text-[0.9375rem]">
        {unsent > 0 && (
          <p className="font-medium">
            {t('unsent', { count: unsent })}{' '}
            {oldestAt && (
              <span className="font-normal text-ink-muted">
                {t.rich('oldest', { time: () => <RelativeTime at={oldestAt} /> })}
              </span>
            )}
          </p>
        )}
        {needsAttention > 0 && <p className="font-medium">{t('attention', { count: needsAttention })}</p>}
        {isKept && <p className="text-ink-muted">{t('text')}</p>}
        {drafts > 0 && <p className="font-medium">{t('drafts', { count: drafts })}</p>}
        {sending === 'failed' && (
          <p role="alert" className="font-medium text-danger">
            {t('failed')}
          </p>
        )}
      </div>
    </Dialog>
  )
}

/** This person's, in every organization they worked for here. */
function useOwnStores() {
  const { member } = useSignedIn()
  const account = member.email ?? member.id
  return useCallback(() => peopleHere().filter((one) => one.account === account), [account])
}

/** Without a network the server hears of it later; this browser shows nothing of theirs from now on. */
function useLeave(own: ReturnType<typeof useOwnStores>) {
  const router = useRouter()
  const queries = useQueryClient()
  const replica = useReplica()
  const { mutateAsync: signOut } = useSignOut()
  return useCallback(async () => {
    await signOut().catch((error: unknown) => {
      if (!(error instanceof Unreachable)) throw error
      rememberToLeave()
    })
    await forgetPushHere().catch(() => undefined)
    await replica?.close()
    await leaveBehind(own())
    forgetKeptSessions()
    rememberOrganization(undefined)
    queries.clear()
    router.replace('/sign-in')
  }, [signOut, replica, own, queries, router])
}
