'use client'
import { Button, Card, EmptyState, Field, Input, Skeleton, TextArea } from '@opsflow/platform/web'
import { CircleCheck, QrCode } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFaultPlace, useReportFault, useSendFaultPhoto } from '../client/index.ts'
import { FaultPhoto } from './fault-photo.tsx'

/** Anyone who scans the code says what is broken. All they learn is what the place is called. */
export function FaultScreen({ code, onStaff }: { code: string; onStaff: () => void }) {
  const t = useTranslations('taskPages.fault')
  const place = useFaultPlace(code)
  const isUnknown = statusOf(place.error) === 404 || statusOf(place.error) === 422
  return (
    <div className="w-full max-w-md">
      {isUnknown ? (
        <EmptyState icon={<QrCode aria-hidden />} title={t('unknown')} heading="h1">
          {t('unknownText')}
        </EmptyState>
      ) : (
        <>
          <h1 className="text-center text-2xl font-semibold tracking-[-0.025em] text-balance">{t('title')}</h1>
          <p className="mt-2 min-h-6 text-center text-[0.9375rem] text-ink-muted">
            {place.data
              ? t('at', { place: place.data.place })
              : place.isPending && <Skeleton className="mx-auto h-5 w-40" />}
          </p>
          <Report code={code} />
        </>
      )}
      <Button look="quiet" className="mt-4 w-full" onClick={onStaff}>
        {t('staff')}
      </Button>
    </div>
  )
}

function Report({ code }: { code: string }) {
  const t = useTranslations('taskPages.fault')
  const pages = useTranslations('taskPages')
  const report = useReportFault()
  const picture = useSendFaultPhoto()
  const [reportId, setReportId] = useState(() => crypto.randomUUID())
  const [text, setText] = useState('')
  const [photo, setPhoto] = useState<Blob>()
  const [name, setName] = useState('')
  const [website, setWebsite] = useState('')
  const sendPhoto = () => photo && picture.mutate({ code, reportId, photo })
  if (report.isSuccess) {
    return (
      <Card className="mt-6 p-5 sm:p-6">
        <EmptyState
          compact
          icon={<CircleCheck aria-hidden className="text-ok" />}
          title={t('thanks')}
          heading="h2"
          action={
            <Button
              onClick={() => {
                setReportId(crypto.randomUUID())
                setText('')
                setPhoto(undefined)
                report.reset()
                picture.reset()
              }}
            >
              {t('another')}
            </Button>
          }
        >
          {t('thanksText')}
        </EmptyState>
        <p role="status" className="mt-3 text-center text-sm empty:hidden">
          {picture.isPending && t('photoOnItsWay')}
          {picture.isSuccess && t('photoSent')}
        </p>
        {picture.isError && (
          <p role="alert" className="mt-3 flex flex-wrap items-center justify-center gap-3 text-sm">
            {t(isOver(picture.error) ? 'photoNotTaken' : 'photoFailed')}
            {!isOver(picture.error) && <Button onClick={sendPhoto}>{t('photoAgain')}</Button>}
          </p>
        )}
      </Card>
    )
  }
  return (
    <Card className="mt-6 p-5 sm:p-6">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim().length < 3) return
          const said = { code, reportId, text: text.trim(), name: name.trim(), website }
          // What was said arrives, whatever becomes of the picture.
          report.mutate(said, { onSuccess: sendPhoto })
        }}
      >
        <p className="text-[0.9375rem] text-ink-muted">{t('text')}</p>
        <Field label={t('what')}>
          <TextArea required rows={4} value={text} maxLength={1000} onChange={({ target }) => setText(target.value)} />
        </Field>
        <FaultPhoto photo={photo} onPhoto={setPhoto} />
        <Field label={t('name')} optional={pages('optional')}>
          <Input value={name} maxLength={80} autoComplete="name" onChange={({ target }) => setName(target.value)} />
        </Field>
        {/* People do not see it; programs that fill in everything do. */}
        <div aria-hidden className="sr-only">
          <label>
            {t('website')}
            <input
              tabIndex={-1}
              autoComplete="off"
              value={website}
              onChange={({ target }) => setWebsite(target.value)}
            />
          </label>
        </div>
        {report.error && (
          <p role="alert" className="text-sm font-medium text-danger">
            {t(statusOf(report.error) === 429 ? 'tooMany' : statusOf(report.error) === 404 ? 'unknown' : 'failed')}
          </p>
        )}
        <Button
          type="submit"
          look="primary"
          className="min-h-14 text-base"
          disabled={text.trim().length < 3}
          busy={report.isPending}
        >
          {t('send')}
        </Button>
      </form>
    </Card>
  )
}

/** Sending it once more would not help. */
const isOver = (error: unknown) => [404, 413, 422].includes(statusOf(error) ?? 0)

const statusOf = (error: unknown) => (error as { problem?: { status: number } } | null)?.problem?.status
