import { decide, isControlled, isSignificant } from './decision.ts'
import { inFlow } from './flow.ts'
import type { Control, Hazard, PlanContent } from './plan.ts'

export type PointKind = 'ccp' | 'operational'

/** A control as it is called: CCP 1, OPRP 2, in the order in which the food meets them. */
export type NumberedControl = { control: Control; kind: PointKind; number: string; stepName: string; hazards: Hazard[] }

/** What a hazard of this plan came to; null: it is not significant, or the questions are not answered yet. */
export const resultOf = ({ threshold }: Pick<PlanContent, 'threshold'>, hazard: Hazard) =>
  isSignificant(hazard, threshold) ? decide(hazard.answers).result : null

/** One with a hazard that is controlled nowhere else is critical; with none of either kind it is left out. */
export function numberedControls(content: PlanContent): NumberedControl[] {
  const numbers: Record<PointKind, number> = { ccp: 0, operational: 0 }
  const order = inFlow(content.steps, content.arrows)
  return order.flatMap((step) =>
    content.controls
      .filter(({ stepId }) => stepId === step.id)
      .flatMap((control): NumberedControl[] => {
        const hazards = content.hazards.filter(({ id }) => control.hazardIds.includes(id))
        const results = hazards.map((hazard) => resultOf(content, hazard)).filter(isControlled)
        if (results.length === 0) return []
        const kind: PointKind = results.includes('ccp') ? 'ccp' : 'operational'
        numbers[kind] += 1
        const number = `${kind === 'ccp' ? 'CCP' : 'OPRP'} ${numbers[kind]}`
        return [{ control, kind, number, stepName: step.name, hazards }]
      }),
  )
}
