import { readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Check, committedFiles, runTool } from '../check.ts'
import { circlesOfCapabilities, type Module } from './circles.ts'
import { housePlanted } from './planted-house.ts'
import { lawful, plants } from './plants.ts'

/** Below this the cruise has lost files somewhere, whatever else it says. Raise it as the house grows. */
const LEAST_MODULES = 250

export type Violation = { rule: { name: string }; from: string; to: string; cycle?: { name: string }[] }
type Cruise = { modules: string[]; violations: Violation[]; dependencies: number }

const RULES = `${import.meta.dirname}/rules.cjs`

const isSource = (file: string) => /^(platform|capabilities|apps)\/.*[.]tsx?$/.test(file) && !file.endsWith('.d.ts')

/** The house obeys its import rules, and every rule still catches its planted violation. */
export const arrows: Check = {
  name: 'arrows',
  look: async (root) => {
    const [house, planted] = await Promise.all([cruise(root), findingsOfPlants(root)])
    const cruised = new Set(house.modules)
    const missed = committedFiles(root, isSource).filter((file) => !cruised.has(file))
    const few = house.modules.length < LEAST_MODULES
    return {
      looked: house.modules.length,
      at: `modules, ${house.dependencies} imports, ${plants.length} plants`,
      findings: [
        ...house.violations.map(({ rule, from, to }) => `${from} → ${to}: ${rule.name}`),
        ...missed.map((file) => `${file} was not looked at`),
        ...(few ? [`only ${house.modules.length} modules seen; at least ${LEAST_MODULES} are expected`] : []),
        ...planted,
      ],
    }
  },
}

/** What is wrong with the rules themselves: a plant not caught, a lawful file accused, or a rule without a plant. */
export async function findingsOfPlants(root: string, rules = RULES): Promise<string[]> {
  const house = housePlanted(root)
  try {
    const { violations } = await cruise(house, rules)
    const { forbidden } = createRequire(import.meta.url)(rules) as { forbidden: { name: string }[] }
    const caught = (rule: string, file: string) =>
      violations.some(
        (violation) =>
          violation.rule.name === rule &&
          (violation.from === file || violation.cycle?.some(({ name }) => name === file)),
      )
    return [
      ...forbidden
        .filter(({ name }) => !plants.some((plant) => plant.rule === name))
        .map(({ name }) => `the rule ${name} has no plant, so nothing shows that it works`),
      ...plants
        .filter((plant) => !caught(plant.rule, plant.file))
        .map((plant) => `the rule ${plant.rule} is blind: it did not catch the planted ${plant.file}`),
      ...violations
        .filter(({ from }) => from in lawful)
        .map(({ rule, from, to }) => `the rule ${rule.name} accuses a lawful import: ${from} → ${to}`),
    ]
  } finally {
    rmSync(house, { recursive: true })
  }
}

async function cruise(root: string, rules = RULES): Promise<Cruise> {
  const folders = readdirSync(root).filter((name) =>
    ['platform', 'capabilities', 'apps', 'db', 'bench', 'scripts'].includes(name),
  )
  const { out, err } = await runTool(root, 'depcruise', ['--config', rules, '--output-type', 'json', ...folders])
  if (!out.startsWith('{')) throw new Error(`dependency-cruiser gave no report: ${out}${err}`)
  const report = JSON.parse(out) as {
    modules: Module[]
    summary: { violations: Violation[]; totalDependenciesCruised: number }
  }
  return {
    modules: report.modules
      .map(({ source }) => source)
      .filter((source) => !source.includes('node_modules/') && /[.]([cm]?tsx?|[cm]?js)$/.test(source)),
    violations: [...report.summary.violations, ...circlesOfCapabilities(report.modules)],
    dependencies: report.summary.totalDependenciesCruised,
  }
}
