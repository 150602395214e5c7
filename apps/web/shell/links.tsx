'use client'
import { withOrganization } from '@opsflow/platform/organization-path'
import type { LinkProps } from '@opsflow/platform/web'
import NextLink from 'next/link'
import { useRouter } from 'next/navigation'
import { type ComponentProps, useMemo, useState } from 'react'
import { useAddress } from './choice.ts'

/** Pages that belong to no organization: who comes here is known to none yet. */
const doors = /^\/(sign-in|sign-up|first-run|reset-password|verify-email|invitation|$)/

const addressOf = (href: string, organization: string | undefined) =>
  organization && /^\/(?!\/)/.test(href) && !doors.test(href) ? withOrganization(href, organization) : href

/**
 * The router's link, within the organization of the address. A page's code is fetched when a pointer or the focus
 * comes near, not because a link is in sight: a phone first gets what it shows.
 */
export function RouterLink({ href, ...props }: LinkProps) {
  const { organization } = useAddress()
  const [near, setNear] = useState(false)
  const comesNear = () => setNear(true)
  return (
    <NextLink
      {...(props as ComponentProps<typeof NextLink>)}
      href={addressOf(href, organization)}
      prefetch={near ? null : false}
      onPointerEnter={comesNear}
      onFocus={comesNear}
    />
  )
}

/** Goes to a page, within the organization of the address. */
export function useGo() {
  const router = useRouter()
  const { organization } = useAddress()
  return useMemo(
    () => ({
      to: (href: string) => router.push(addressOf(href, organization)),
      insteadTo: (href: string) => {
        const address = new URL(addressOf(href, organization), window.location.href)
        // Another view of the same page is no visit: it asks the server for nothing, so it works without a network.
        if (address.pathname === window.location.pathname) window.history.replaceState(null, '', address)
        else router.replace(address.pathname + address.search)
      },
    }),
    [router, organization],
  )
}
