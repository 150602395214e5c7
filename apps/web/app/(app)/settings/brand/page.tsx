'use client'
import { BrandScreen } from '@opsflow/capabilities/people/web'
import { useSignedIn } from '../../../../shell/session.ts'

export default function BrandPage() {
  return <BrandScreen brand={useSignedIn().organization.brand} />
}
