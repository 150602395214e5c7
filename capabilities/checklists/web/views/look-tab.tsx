'use client'
import { OdditiesList } from '../record/oddities-screen.tsx'
import { nodeIn, type TabProps } from './params.ts'

/** What is worth a look, at the place that is chosen. */
export default function LookTab({ params, scopeId }: TabProps) {
  return <OdditiesList locationId={nodeIn(params, scopeId).locationId} />
}
