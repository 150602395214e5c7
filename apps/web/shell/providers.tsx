'use client'
import { ApiProblem, createClient } from '@opsflow/platform/client/api'
import { ApiProvider } from '@opsflow/platform/client/api-context'
import { type LinkProps, LinkProvider, ToastProvider } from '@opsflow/platform/web'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import NextLink from 'next/link'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { chosenOrganization } from './choice.ts'
import { WordsProvider } from './words.tsx'

const call = createClient({ organizationId: chosenOrganization })

/** What every page stands on: the API, what was fetched, words, links and notices. */
export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(makeQueryClient)
  return (
    <ApiProvider value={call}>
      <QueryClientProvider client={queries}>
        <WordsProvider>
          <LinkProvider value={RouterLink}>
            <ToastProvider>{children}</ToastProvider>
          </LinkProvider>
        </WordsProvider>
      </QueryClientProvider>
    </ApiProvider>
  )
}

/**
 * The router's link. A page's code is fetched when a pointer or the focus comes near, not because a link is in sight:
 * a phone first gets what it shows.
 */
function RouterLink(props: LinkProps) {
  const [near, setNear] = useState(false)
  const comesNear = () => setNear(true)
  return (
    <NextLink
      {...(props as ComponentProps<typeof NextLink>)}
      prefetch={near ? null : false}
      onPointerEnter={comesNear}
      onFocus={comesNear}
    />
  )
}

/** A refusal will be the same a second later; only a missing answer is asked for again. */
function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2 },
    },
  })
}
