'use client'
import { useEffect, useState } from 'react'
import type { DraftContent } from '../../template.ts'
import type { TemplateProblem } from '../../template-problems.ts'

/** What keeps the draft from being published. The rules are fetched beside the screen: they bring the whole contract. */
export function useProblems(draft: DraftContent): readonly TemplateProblem[] {
  const [problems, setProblems] = useState<readonly TemplateProblem[]>([])
  useEffect(() => {
    let isStale = false
    const timer = setTimeout(async () => {
      const { problemsOf } = await import('../../template-problems.ts')
      if (!isStale) setProblems(problemsOf(draft))
    }, 250)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [draft])
  return problems
}

/** `sections[0].items[2].…` → the item's id, or the section's where it is about that. */
export function placeOfProblem({ path }: TemplateProblem, { sections }: DraftContent): string | undefined {
  const [, s, , i] = /^sections\[(\d+)\](\.items\[(\d+)\])?/.exec(path) ?? []
  const section = sections[Number(s)]
  return i === undefined ? section?.id : section?.items[Number(i)]?.id
}
