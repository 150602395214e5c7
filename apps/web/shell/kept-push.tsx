'use client'
import { useKeepPush } from '@opsflow/capabilities/people/client'
import { useSignedIn } from './session.ts'

export default function KeptPush() {
  useKeepPush(useSignedIn().member.id)
  return null
}
