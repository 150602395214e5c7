const LABEL_WIDTH = 12

export const say = (line: string) => console.log(line)

/** One line for each step: what it is while it runs, what came of it and how long it took when it is done. */
export async function step<T>(label: string, work: (tell: (outcome: string) => void) => Promise<T>): Promise<T> {
  const begun = performance.now()
  let outcome = ''
  if (process.stdout.isTTY) process.stdout.write(`  · ${label} …`)
  try {
    const result = await work((text) => {
      outcome = text
    })
    finish('✓', label, `${outcome}  ${inSeconds(performance.now() - begun)}`)
    return result
  } catch (error) {
    finish('✗', label, 'did not finish')
    throw error
  }
}

function finish(mark: string, label: string, outcome: string) {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K')
  console.log(`  ${mark} ${label.padEnd(LABEL_WIDTH)} ${outcome}`)
}

const inSeconds = (milliseconds: number) => `(${(milliseconds / 1000).toFixed(1)} s)`
