'use client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { Button, Field, Input, Link } from '@opsflow/platform/web'
import { KeyRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useDoor, useSignIn, useSignInWithPasskey } from '../../client/index.ts'
import { knowsPasskeys } from '../../client/passkey-ceremony.ts'
import type { Organization } from '../../index.ts'
import { RefusalText } from '../refusal-text.tsx'
import { ClerkSignIn } from './clerk-sign-in.tsx'
import { type Second, SecondStep } from './second-step.tsx'

type Organizations = readonly Organization[]
type Credentials = { email: string; password: string }

/** Password, and a code where one is asked for; or a passkey; or Clerk's own form, where Clerk signs people in. */
export function SignInForm({ onSignedIn }: { onSignedIn: (organizations: Organizations) => void }) {
  const door = useDoor()
  const signIn = useSignIn()
  const [asked, setAsked] = useState<Credentials>()
  if (door.data?.clerk) return <ClerkSignIn door={door.data.clerk} onSignedIn={() => onSignedIn([])} />

  const send = (credentials: Credentials, second: Second = {}) =>
    signIn.mutate(
      { ...credentials, ...second },
      {
        onSuccess: ({ organizations }) => onSignedIn(organizations),
        onError: (error) => {
          if (codeOf(error) === 'people.code_required') setAsked(credentials)
          if (codeOf(error) === 'people.sign_in_failed') setAsked(undefined)
        },
      },
    )

  if (asked) {
    return (
      <SecondStep
        error={codeOf(signIn.error) === 'people.code_required' ? null : signIn.error}
        isPending={signIn.isPending}
        onSend={(second) => send(asked, second)}
        onBack={() => {
          signIn.reset()
          setAsked(undefined)
        }}
      />
    )
  }
  return <FirstStep signIn={signIn} onSend={send} onSignedIn={onSignedIn} />
}

function FirstStep({
  signIn,
  onSend,
  onSignedIn,
}: {
  signIn: Pick<ReturnType<typeof useSignIn>, 'error' | 'isPending'>
  onSend: (credentials: Credentials) => void
  onSignedIn: (organizations: Organizations) => void
}) {
  const t = useTranslations('door.signIn')
  const door = useDoor()
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    onSend({ email: String(form.get('email')), password: String(form.get('password')) })
  }
  return (
    <div className="grid gap-4">
      <form onSubmit={submit} className="grid gap-4">
        <Field label={t('email')}>
          <Input name="email" type="email" autoComplete="username webauthn" required spellCheck={false} />
        </Field>
        <Field label={t('password')}>
          <Input name="password" type="password" autoComplete="current-password" required />
        </Field>
        {signIn.error && codeOf(signIn.error) !== 'people.code_required' && <RefusalText error={signIn.error} />}
        <Button look="primary" type="submit" busy={signIn.isPending} className="mt-1 w-full">
          {t('submit')}
        </Button>
      </form>
      {door.data?.passkeys && <PasskeyButton onSignedIn={onSignedIn} />}
      <p className="flex flex-wrap justify-between gap-x-4 text-sm">
        <Link href="/reset-password" className="py-2 text-accent-ink underline underline-offset-4">
          {t('forgot')}
        </Link>
        {door.data?.signUp && (
          <Link href="/sign-up" className="py-2 text-accent-ink underline underline-offset-4">
            {t('signUp')}
          </Link>
        )}
      </p>
    </div>
  )
}

function PasskeyButton({ onSignedIn }: { onSignedIn: (organizations: Organizations) => void }) {
  const t = useTranslations('door.signIn')
  const passkey = useSignInWithPasskey()
  if (!knowsPasskeys()) return null
  return (
    <>
      <Button
        look="secondary"
        busy={passkey.isPending}
        className="w-full"
        onClick={() =>
          passkey.mutate(undefined, { onSuccess: (signedIn) => signedIn && onSignedIn(signedIn.organizations) })
        }
      >
        <KeyRound aria-hidden className="size-4" />
        {t('passkey')}
      </Button>
      {passkey.error && <RefusalText error={passkey.error} />}
    </>
  )
}

const codeOf = (error: unknown) => (error instanceof ApiProblem ? error.code : undefined)
