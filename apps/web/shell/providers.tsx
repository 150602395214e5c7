'use client'
import { ApiProblem, createClient } from '@opsflow/platform/client/api'
import { ApiProvider } from '@opsflow/platform/client/api-context'
import { LinkProvider, ToastProvider } from '@opsflow/platform/web'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { Afterwards } from './afterwards.tsx'
import { organizationInUse } from './choice.ts'
import { fetchFirst } from './first-calls.ts'
import { RouterLink } from './links.tsx'
import { noticeTyping } from './typed.ts'
import { WordsProvider } from './words.tsx'

const call = createClient({
  organizationId: organizationInUse,
  fetch: fetchFirst,
  onOutdated: () => void dispatchEvent(new Event('opsflow.outdated')),
})

/** What every page stands on: the API, what was fetched, words, links and notices. */
export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(makeQueryClient)
  useEffect(noticeTyping, [])
  return (
    <ApiProvider value={call}>
      <QueryClientProvider client={queries}>
        <WordsProvider>
          <LinkProvider value={RouterLink}>
            <ToastProvider>
              {children}
              <Afterwards />
            </ToastProvider>
          </LinkProvider>
        </WordsProvider>
      </QueryClientProvider>
    </ApiProvider>
  )
}

/**
 * A refusal will be the same a second later; only a missing answer is asked for again. Without a network a question
 * fails and says so, rather than wait for one unseen; a change does not, or it would be made later, unasked.
 */
function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        networkMode: 'always',
        retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2,
      },
      mutations: { networkMode: 'always' },
    },
  })
}
